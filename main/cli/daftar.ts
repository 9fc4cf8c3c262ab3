/** The command line: `npm run daftar -- <command> --data DIR [--json]`. Exit codes: 0 done, 1 refused or failed, 2 the book cannot be opened. */
import { runCli } from './run.ts'

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})
