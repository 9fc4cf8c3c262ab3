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

interface Line {
  ready?: true
  state: string
  done?: number
}

/** Lets the importer work for `ms` after its first rows, kills it, and gives the last it said. */
async function importAndKill(folder: string, file: string, ms: number | null): Promise<Line[]> {
  const child = spawn(process.execPath, [IMPORTER, folder, file], { stdio: ['ignore', 'pipe', 'inherit'] })
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

test(
  `an import killed at ${ROUNDS} moments and taken up again brings every row in exactly once`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daftar-import-kill-'))
    const file = join(folder, 'people.csv')
    const rows = Array.from(
      { length: ROWS },
      (_, i) => `مشتری شمارهٔ ${i},0912${1_000_000 + i},${i % 7 === 0 ? 'تاریخ؟' : ''}`,
    )
    writeFileSync(file, `نام,موبایل,تاریخ تولد\n${rows.join('\n')}\n`)
    try {
      const moments = fc.sample(fc.integer({ min: 0, max: 900 }), ROUNDS)
      let promised = 0
      for (const [round, ms] of moments.entries()) {
        const said = await importAndKill(folder, file, ms)
        // What was left running is found interrupted by the next start, unless nothing had begun or all was done.
        if (round > 0) expect(['staged', 'interrupted', 'done']).toContain(said[0]?.state)
        promised = Math.max(promised, ...said.map((line) => line.done ?? 0))
      }
      const end = (await importAndKill(folder, file, null)).at(-1)
      expect(end).toMatchObject({ state: 'done', done: ROWS, added: ROWS, failed: 0 })
      expect(end?.done).toBeGreaterThanOrEqual(promised)
      const engine = createEngine({ folder, host: { kind: 'test' } })
      const client = engine.client()
      const { problems, counts } = await client.system.check()
      expect(problems).toEqual([])
      expect(counts['party']).toBe(ROWS)
      const { db } = engine.ctx()
      const names = db.prepare('SELECT count(DISTINCT name) AS n FROM party WHERE deleted = 0').get()
      expect(names).toEqual({ n: ROWS })
      const listed = db.prepare('SELECT count(*) AS n, count(DISTINCT row) AS rows FROM batch_problem').get()
      const bad = Math.ceil(ROWS / 7)
      expect(listed).toEqual({ n: bad, rows: bad })
      engine.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  ROUNDS * 20_000 + 240_000,
)
