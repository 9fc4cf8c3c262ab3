import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecoveryWay } from '../../shared/contract/recovery.ts'
import { testEngine } from '../support/engine.ts'
import { inventedIn, type Life, liveALife } from './damage-book.ts'

/** `npm run soak` asks for 50. */
const ROUNDS = Number(process.env['DAFTAR_DAMAGE_KILL_ROUNDS'] ?? 3)
const RECOVERER = fileURLToPath(new URL('./damage-recoverer.ts', import.meta.url))

let life: Life
beforeAll(async () => {
  life = await liveALife(120)
}, 60_000)
afterAll(() => life.remove())

/** Lets it work for so long after its first word, and kills it; gives what it said. */
async function recoverAndKill(folder: string, way: string, ms: number): Promise<string> {
  const child = spawn(process.execPath, [RECOVERER, folder, way], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const ended = once(child, 'close')
  while (!text.includes('"ready"') && child.exitCode === null) await pause(5)
  await pause(ms)
  child.kill('SIGKILL')
  await ended
  return text
}

test(
  `a recovery killed at ${ROUNDS} moments leaves the damaged file or the new book, and can be begun again`,
  async () => {
    const moments = fc.sample(fc.integer({ min: 0, max: 900 }), ROUNDS)
    for (const [round, ms] of moments.entries()) {
      const way: RecoveryWay = round % 2 === 0 ? 'salvage' : 'backup'
      const folder = mkdtempSync(join(tmpdir(), 'daftar-damage-kill-'))
      const file = join(folder, 'daftar.db')
      mkdirSync(join(folder, 'backups'))
      copyFileSync(life.closed, file)
      copyFileSync(life.backup, join(folder, 'backups', 'daftar-1405-09-01-1230.db'))
      const bytes = readFileSync(file)
      bytes.fill(0xa5, 0, 4096)
      writeFileSync(file, bytes)
      try {
        const said = await recoverAndKill(folder, way, ms)
        const kept = join(folder, 'kept')
        const aside = existsSync(kept) ? readdirSync(kept).map((name) => join(kept, name, 'daftar.db')) : []
        const damaged = [file, ...aside].filter((path) => existsSync(path) && readFileSync(path).equals(bytes))
        expect(damaged, said).toHaveLength(1)
        const engine = testEngine({ folder })
        const client = engine.client()
        expect(engine.status().trouble?.code ?? 'none', said).toBe(aside.length > 0 ? 'none' : 'DAMAGED')
        if (engine.status().trouble) {
          for await (const _ of await client.recovery.prepare({ way, owner_name: 'مدیر' }));
          await client.recovery.use({ way })
        }
        expect(engine.status().trouble).toBeNull()
        expect((await client.system.check()).problems).toEqual([])
        expect(inventedIn(engine.ctx().db, life).invented).toEqual([])
        expect((await client.system.data()).customers).toBe(
          life.end['party']!.filter((row) => row['deleted'] === 0).length,
        )
        engine.close()
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
  },
  ROUNDS * 30_000 + 60_000,
)
