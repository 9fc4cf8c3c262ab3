import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { MUTANTS, type Mutant } from './mutants.ts'

/** npm run mutants [-- --seeds N --only WORD]: each mistake is made in a copy of the sources, and the seed that catches it is told. Exit 1 if one is not. */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '2000' }, only: { type: 'string', default: '' } },
})
const PARTS = 'main scripts server shared tests/sync tests/support tests/server package.json tsconfig.base.json'.split(
  ' ',
)
const root = resolve(import.meta.dirname, '../../..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')

interface Found {
  /** The seed or the test that noticed; undefined: none did. */
  by: string | undefined
  what: string
}

const asked = MUTANTS.filter((m) => m.name.includes(values.only))
const missed = asked.filter((mutant) => {
  const began = performance.now()
  const { by, what } = tried(mutant)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  process.stdout.write(`${by ?? 'NOT CAUGHT'}\t${mutant.name}\t${what}\t${seconds} s\n`)
  return by === undefined
})
process.stdout.write(
  missed.length === 0 ? `all ${asked.length} mutants were caught\n` : `${missed.length} not caught\n`,
)
process.exit(missed.length === 0 ? 0 : 1)

function tried(mutant: Mutant): Found {
  const folder = mkdtempSync(join(tmpdir(), 'daftar-mutant-'))
  try {
    for (const part of PARTS) cpSync(join(root, part), join(folder, part), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const file = join(folder, mutant.file)
    let text = readFileSync(file, 'utf8')
    for (const [from, to] of [[mutant.from, mutant.to], ...(mutant.also ? [mutant.also] : [])] as const) {
      if (text.split(from).length !== 2) throw new Error(`${mutant.name}: its place in ${mutant.file} is gone`)
      text = text.replace(from, () => to)
    }
    writeFileSync(file, text)
    if (mutant.caughtBy) return byTest(folder, mutant.caughtBy)
    const { client = 'model', seed } = mutant
    const known = seed === undefined ? null : bySeeds(folder, client, seed, 1)
    return known?.by ? known : bySeeds(folder, client, 0, Number(values.seeds))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function bySeeds(folder: string, client: string, from: number, seeds: number): Found {
  const sim = join(folder, 'tests/sync/sim/main.ts')
  const args = [sim, '--client', client, '--from', String(from), '--seeds', String(seeds), '--no-shrink']
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder })
  const seed = /^seed (\d+) FAILED/m.exec(stdout)?.[1]
  // A run that could not begin has caught nothing.
  const isCaught = status === 1 && seed !== undefined
  const what = /^(I\d+ |500:)[^\n]{0,60}/m.exec(stdout)?.[0] ?? stderr.trim().split('\n').at(-1)
  return { by: isCaught ? `seed ${seed}` : undefined, what: what ?? '' }
}

function byTest(folder: string, [file, test]: readonly [string, string]): Found {
  const args = [vitest, 'run', '--root', folder, '--reporter=dot', '--testTimeout=600000', file, '-t', test]
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder })
  const isCaught = status === 1 && (stdout + stderr).includes('AssertionError')
  return { by: isCaught ? 'a test' : undefined, what: `${file}, ${test}` }
}
