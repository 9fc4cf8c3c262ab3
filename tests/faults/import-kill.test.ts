import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEngine } from '../../main/engine/engine.ts'

/** `npm run soak` asks for more. */
const ROUNDS = Number(process.env['DAFTAR_IMPORT_KILL_ROUNDS'] ?? 3)
const IMPORTER = fileURLToPath(new URL('./importer.ts', import.meta.url))
const ROWS = 3000
/** Of the rows: customers that are in the book before. */
const OLD = Array.from({ length: 20 }, (_, i) => `0912${1_000_000 + i * 130}`)

interface Line {
  ready?: true
  state: string
  done?: number
}

/** Lets the importer work for `ms` after its first rows (null: to its end), kills it, and gives what it said. */
async function workAndKill(folder: string, file: string, does: 'run' | 'undo', ms: number | null): Promise<Line[]> {
  const child = spawn(process.execPath, [IMPORTER, folder, file, does, ...OLD], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const ended = once(child, 'close')
  if (ms !== null) {
    while (!text.includes('"ready"') && child.exitCode === null) await pause(5)
    await pause(ms)
    child.kill('SIGKILL')
  }
  await ended
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Line)
}

/** The book is sound, and holds exactly these customers. */
async function expectBook(folder: string, state: string, parties: number, emails: number): Promise<void> {
  const engine = createEngine({ folder, host: { kind: 'test' } })
  try {
    const client = engine.client()
    expect((await client.imports.list())[0]).toMatchObject({ state })
    expect((await client.system.check()).problems).toEqual([])
    const { db } = engine.ctx()
    const count = (sql: string) => (db.prepare(sql).get() as { n: number }).n
    expect(count('SELECT count(*) AS n FROM party WHERE deleted = 0')).toBe(parties)
    expect(count('SELECT count(DISTINCT name) AS n FROM party WHERE deleted = 0')).toBe(parties)
    expect(count("SELECT count(*) AS n FROM party_channel WHERE kind = 'email' AND deleted = 0")).toBe(emails)
    expect(count("SELECT count(*) AS n FROM party WHERE deleted = 0 AND last_name LIKE 'قدیمی %'")).toBe(OLD.length)
    const listed = db.prepare('SELECT count(*) AS n, count(DISTINCT row) AS rows FROM batch_problem').get()
    const bad = Math.ceil(ROWS / 7)
    expect(listed).toEqual({ n: bad, rows: bad })
  } finally {
    engine.close()
  }
}

test(
  `an import killed at ${ROUNDS} moments brings every row in exactly once, and its undo, killed as often, takes all of it back`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daftar-import-kill-'))
    const file = join(folder, 'people.csv')
    const rows = Array.from(
      { length: ROWS },
      (_, i) => `مشتری شمارهٔ ${i},0912${1_000_000 + i},${i % 7 === 0 ? 'تاریخ؟' : ''},m${i}@example.ir`,
    )
    writeFileSync(file, `نام,موبایل,تاریخ تولد,ایمیل\n${rows.join('\n')}\n`)
    try {
      const moments = () => fc.sample(fc.integer({ min: 0, max: 900 }), ROUNDS)
      let promised = 0
      for (const [round, ms] of moments().entries()) {
        const said = await workAndKill(folder, file, 'run', ms)
        // What was left running is found interrupted by the next start, unless nothing had begun or all was done.
        if (round > 0) expect(['staged', 'interrupted', 'done']).toContain(said[0]?.state)
        promised = Math.max(promised, ...said.map((line) => line.done ?? 0))
      }
      const end = (await workAndKill(folder, file, 'run', null)).at(-1)
      expect(end).toMatchObject({ state: 'done', done: ROWS, added: ROWS - OLD.length, filled: OLD.length, failed: 0 })
      expect(end?.done).toBeGreaterThanOrEqual(promised)
      await expectBook(folder, 'done', ROWS, ROWS)
      for (const ms of moments()) {
        const said = await workAndKill(folder, file, 'undo', ms)
        expect(['done', 'undoing', 'undone']).toContain(said[0]?.state)
      }
      expect((await workAndKill(folder, file, 'undo', null)).at(-1)).toEqual({ state: 'undone' })
      await expectBook(folder, 'undone', OLD.length, 0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  ROUNDS * 40_000 + 400_000,
)
