// `npm start -- [--web] [--data DIR] [--port N] [--no-open] [--demo]`: the desktop window where Electron is, else the browser.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { electron } from './electron.mjs'
import { ensureOwnNode, ownEnv, root } from './node24.mjs'

ensureOwnNode()
const args = process.argv.slice(2)
// A port, a demo or no window at all only make sense for the browser host.
const forWeb = args.some((arg) => /^--(web|no-open|port|demo)\b/.test(arg))
const shell = forWeb ? { why: 'asked for' } : electron()

function run(command, parameters, env) {
  const child = spawn(command, parameters, { stdio: 'inherit', env })
  // Ctrl+C reaches the child by itself; what is sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal === 'SIGINT' ? 'SIGTERM' : signal))
  child.on('error', (error) => {
    process.stderr.write(`Daftar could not start: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code) => process.exit(code ?? 0))
}

if ('path' in shell) {
  process.stdout.write('Daftar opens in its own window.\n')
  const env = ownEnv()
  delete env.ELECTRON_RUN_AS_NODE
  run(shell.path, [root, ...args], env)
} else {
  process.stdout.write(`Daftar runs in the browser on this computer (${shell.why}).\n`)
  run(process.execPath, [join(root, 'dist', 'main', 'web.mjs'), ...args], ownEnv())
}
