/**
 * `npm run soak`: the fault tests and the reading of bytes by chance, with many more rounds than `npm test` has time for. Ends with the code
 * of the tests.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
const rounds = {
  DAFTAR_KILL_ROUNDS: '200',
  DAFTAR_IMPORT_KILL_ROUNDS: '200',
  DAFTAR_BACKUP_KILL_ROUNDS: '50',
  DAFTAR_MERGE_KILL_ROUNDS: '50',
  DAFTAR_DAMAGE_ROUNDS: '200',
  DAFTAR_DAMAGE_KILL_ROUNDS: '50',
  DAFTAR_SYNC_KILL_ROUNDS: '200',
}

const child = spawn(
  process.execPath,
  [
    vitest,
    'run',
    'tests/faults',
    'tests/unit/import-hostile.test.ts',
    '--testTimeout=7200000',
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    env: { ...rounds, ...process.env },
    stdio: 'inherit',
  },
)
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
