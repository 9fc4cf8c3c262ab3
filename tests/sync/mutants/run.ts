import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { MUTANTS } from './mutants.ts'

/** npm run mutants [-- --seeds N --only WORD]: each mistake is made in a copy of the sources, and the seed that catches it is told. Exit 1 if one is not. */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '2000' }, only: { type: 'string', default: '' } },
})
/** A real book takes its time, and these are caught early. */
const BOOKS = ['--client', 'real', '--from', '113', '--seeds', '130']
const root = resolve(import.meta.dirname, '../../..')
const missed: string[] = []
for (const mutant of MUTANTS.filter((m) => m.name.includes(values.only))) {
  const folder = mkdtempSync(join(tmpdir(), 'daftar-mutant-'))
  try {
    for (const part of [
      'main',
      'scripts',
      'server',
      'shared',
      'tests/sync',
      'tests/support',
      'tests/server',
      'package.json',
      'tsconfig.base.json',
    ])
      cpSync(join(root, part), join(folder, part), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const file = join(folder, mutant.file)
    const text = readFileSync(file, 'utf8')
    if (text.split(mutant.from).length !== 2) throw new Error(`${mutant.name}: its place in ${mutant.file} is gone`)
    writeFileSync(
      file,
      text.replace(mutant.from, () => mutant.to),
    )
    const sim = join(folder, 'tests/sync/sim/main.ts')
    const began = performance.now()
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const args = mutant.caughtBy
      ? [vitest, 'run', '--root', folder, '--reporter=dot', mutant.caughtBy, '-t', 'in memory']
      : [sim, ...(mutant.client === 'real' ? BOOKS : ['--client', 'model', '--seeds', values.seeds]), '--no-shrink']
    const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder })
    // A run that could not begin has caught nothing.
    const seed = mutant.caughtBy ? /AssertionError/.exec(stdout + stderr)?.[0] : /^seed (\d+) FAILED/m.exec(stdout)?.[1]
    const isCaught = status === 1 && seed !== undefined
    const what =
      /^(I\d+ |500:|AssertionError)[^\n]{0,60}/m.exec(stdout)?.[0] ??
      mutant.caughtBy ??
      stderr.trim().split('\n').at(-1)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    const by = mutant.caughtBy ? 'a test' : `seed ${seed}`
    process.stdout.write(`${isCaught ? by : 'NOT CAUGHT'}\t${mutant.name}\t${what ?? ''}\t${seconds} s\n`)
    if (!isCaught) missed.push(mutant.name)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
process.stdout.write(missed.length === 0 ? 'every mutant was caught\n' : `${missed.length} not caught\n`)
process.exit(missed.length === 0 ? 0 : 1)
