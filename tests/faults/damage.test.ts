import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDb } from '../../main/db/open.ts'
import { modules } from '../../main/modules/index.ts'
import { bringUpJob } from '../../main/modules/recovery/bring-up.ts'
import { salvageJob } from '../../main/modules/recovery/job.ts'
import { START } from '../support/ctx.ts'
import { testEngine } from '../support/engine.ts'
import { dice } from '../support/made-up-customers.ts'
import { dump } from '../support/replay.ts'
import { DAMAGES, damage, inventedIn, type Life, liveALife, stateKey } from './damage-book.ts'

/** `npm run soak` asks for 200. */
const ROUNDS = Number(process.env['DAFTAR_DAMAGE_ROUNDS'] ?? 20)
const NOW = START + 86_400_000
const call = { progress() {}, stopped: () => false }

let life: Life
beforeAll(async () => {
  life = await liveALife(300)
}, 60_000)
afterAll(() => life.remove())

const hash = (file: string) => {
  const of = (path: string) => (existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : null)
  return [of(file), of(`${file}-wal`)]
}

/** A damaged book in a folder of its own; with a -wal when that is what is damaged. */
function damaged(round: number): string {
  const how = DAMAGES[round % DAMAGES.length]!
  const folder = join(life.folder, 'round')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const file = join(folder, 'daftar.db')
  const from = how === 'wal' || round % 3 === 0 ? life.cut : life.closed
  for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, file + end)
  damage(file, how, dice(round * 7919 + 13))
  return file
}

function opens(folder: string, which: string): void {
  const engine = testEngine({ folder })
  expect(engine.status(), which).toMatchObject({ trouble: null, set_up: true })
  engine.close()
}

test('from a sound file everything is salvaged', async () => {
  for (const file of [life.closed, life.cut]) {
    const target = join(life.folder, 'whole.db')
    const out = await salvageJob(modules).run({ file, target, now: NOW, ownerName: 'مدیر' }, call)
    expect(out.tables.filter((t) => t.lost > 0 || t.from_log > 0)).toEqual([])
    expect(out).toMatchObject({ holes: 0, problems: [], orphans: [], owner_made: false })
    const db = openDb(target, { readonly: true })
    expect(dump(db)).toEqual(life.end)
    db.close()
  }
})

test(
  `of a file damaged in ${ROUNDS} ways what is saved and lost is told, nothing is invented, and the file stays as it is`,
  async () => {
    let rows = 0
    let lost = 0
    let fromLog = 0
    for (let round = 0; round < ROUNDS; round++) {
      const file = damaged(round)
      const before = hash(file)
      const folder = join(life.folder, 'saved')
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
      const target = join(folder, 'daftar.db')
      const out = await salvageJob(modules).run({ file, target, now: NOW, ownerName: 'مدیر' }, call)
      const which = `round ${round} ${DAMAGES[round % DAMAGES.length]}`
      expect(hash(file), which).toEqual(before)
      expect(out.problems, which).toEqual([])
      // `check` was asked in the job; now and then the book is opened as any other as well.
      if (round % 5 === 0) {
        opens(folder, which)
        // What was lost once is not lost again.
        const second = { file: target, target: join(folder, 'again.db'), now: NOW, ownerName: 'مدیر' }
        const again = await salvageJob(modules).run(second, call)
        expect(
          again.tables.filter((table) => table.lost > 0),
          which,
        ).toEqual([])
        expect(again.problems, which).toEqual([])
      }
      const db = openDb(target, { readonly: true })
      expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok')
      const { invented, mixed } = inventedIn(db, life)
      const made = out.owner_made ? 1 : 0
      expect(invented.slice(made), which).toEqual([])
      const told = new Map(out.tables.map((table) => [table.table, table]))
      const there = dump(db)
      let rebuilt = 0
      for (const [name, all] of Object.entries(life.end)) {
        const saved = there[name]!
        const { saved: count, lost: missing, from_log } = told.get(name)!
        expect(count, `${which} ${name}`).toBe(saved.length)
        // Never more than there were; and what is said to be lost is.
        expect(missing, `${which} ${name}`).toBeLessThanOrEqual(
          all.length - saved.length + (name === 'user' ? made : 0),
        )
        rows += saved.length
        lost += all.length - saved.length
        rebuilt += from_log
      }
      fromLog += rebuilt
      expect(mixed, which).toBeLessThanOrEqual(rebuilt)
      db.close()
    }
    // Nearly everything comes back, and the damage was real.
    expect(lost).toBeLessThan(rows / 4)
    expect(fromLog).toBeGreaterThan(ROUNDS)
  },
  ROUNDS * 10_000,
)

test(
  'a backup is brought up to what the damaged log still says, and to nothing else',
  async () => {
    let made = 0
    for (let round = 0; round < ROUNDS; round += 2) {
      const file = damaged(round)
      const before = hash(file)
      const target = join(life.folder, 'round', 'new', 'book.db')
      mkdirSync(join(life.folder, 'round', 'new'))
      const out = await bringUpJob(modules).run({ file, target, now: NOW, copies: [life.backup] }, call)
      const which = `round ${round} ${DAMAGES[round % DAMAGES.length]}`
      expect(hash(file), which).toEqual(before)
      expect(out.problems, which).toEqual([])
      const { changes, changes_lost, line } = out.replayed
      if (line === 'same') expect(changes + changes_lost, which).toBeLessThanOrEqual(life.later)
      else expect(changes, which).toBe(0)
      const db = openDb(target, { readonly: true })
      const { invented, mixed } = inventedIn(db, life)
      expect(invented, which).toEqual([])
      if (out.replayed.lines_lost === 0) expect(mixed, which).toBe(0)
      // With the whole log nothing has to come from the tables, and the log alone leads to the end.
      const isWhole = changes === life.later && out.replayed.lines_lost === 0
      if (isWhole) expect(out.replayed.rows, which).toBe(0)
      if (isWhole) expect(rowsOf(dump(db)), which).toEqual(rowsOf(life.end))
      db.close()
      made += changes
    }
    expect(made).toBeGreaterThan((life.later * ROUNDS) / 8)
  },
  ROUNDS * 10_000,
)

const rowsOf = (all: Life['end']) =>
  Object.entries(all).flatMap(([name, rows]) => rows.map((row) => name + stateKey(row)))
