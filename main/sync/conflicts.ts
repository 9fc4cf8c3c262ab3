import { readHlc } from '../../shared/sync/clock.ts'
import type { WireConflict } from '../../shared/sync/exchange.ts'
import { FIELD_DELETED, KIND } from '../../shared/sync/manifest.ts'
import type { Cell, Value } from '../../shared/sync/merge.ts'
import type { Db } from '../db/open.ts'
import type { Tx } from '../db/write.ts'
import { uuidV5 } from '../engine/ids.ts'
import type { Missing, Told } from './apply-rows.ts'
import type { Authors } from './authors.ts'
import { deriveRows } from './derive.ts'
import { fitting, ownTables, shapes } from './fields.ts'
import { sayAgain } from './log-lines.ts'
import { updateRow } from './remote-writes.ts'

const PUT = `INSERT INTO sync_conflict (id, seq, tbl, row, fid, class, win, win_at, win_site, win_user, lose, lose_at, lose_site, lose_user)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`

export function noteConflicts(tx: Tx, authors: Authors, list: readonly WireConflict[]): void {
  const put = tx.db.prepare(PUT)
  const part = (cell: Cell) => [
    JSON.stringify(cell[0]),
    readHlc(cell[1]).ms,
    authors.siteOf(cell[2]),
    authors.userOf(cell[2]),
  ]
  const settled = tx.db.prepare(REFUSED)
  const done = tx.db.prepare("UPDATE sync_conflict SET state = 'kept' WHERE id = ? AND state = 'open'")
  for (const c of list) {
    const { changes } = put.run(c.id, c.seq, c.tbl, c.row, c.fid, c.class, ...part(c.win), ...part(c.lose))
    const lost = { tbl: c.tbl, row: c.row, fid: c.fid, value: JSON.stringify(c.lose[0]), at: readHlc(c.lose[1]).ms }
    if (changes > 0 && settled.get(lost)) done.run(c.id)
  }
}

/**
 * Somebody was asked about this very value of this very moment and did not take it. It loses once more when the server went back and what came after
 * it is sent again.
 */
const REFUSED = `SELECT 1 FROM sync_conflict WHERE tbl = :tbl AND row = :row AND fid = :fid
  AND ((state = 'taken' AND win = :value AND win_at = :at AND lose <> win) OR (state = 'kept' AND lose = :value AND lose_at = :at))`

/** After the server went back: what this book had and now has otherwise. Who wrote it is what the log says. */
export function noteOverruled(tx: Tx, authors: Authors, missing: readonly Missing[]): void {
  const put = tx.db.prepare(PUT)
  for (const m of missing) {
    if (!m.cell) continue
    const said = lastSaid(tx.db, m)
    // What the server has is the newer of the two: an ordinary change that came. Unless the server may never have had the other, and nobody
    // who sends it again: its writer's book can have been put back too, and then this is the last to know.
    const isOwn = said?.site.includes('-') === false
    const isKnown = !m.late || isOwn || said?.site === authors.siteOf(m.cell[2])
    if (said && said.h <= m.cell[1] && isKnown) continue
    const id = uuidV5('rewind', String(m.tbl), m.row, String(m.fid), JSON.stringify(m.value), JSON.stringify(m.cell[0]))
    const win = [JSON.stringify(m.cell[0]), readHlc(m.cell[1]).ms, authors.siteOf(m.cell[2]), authors.userOf(m.cell[2])]
    const lose = [JSON.stringify(m.value), said?.at ?? 0, said?.site ?? '', said?.user ?? null]
    put.run(id, m.cell[3], m.tbl, m.row, m.fid, 'rewind', ...win, ...lose)
  }
}

/** Who gave a field the value before the last that the log has of it: the last is what overruled it. */
function lastSaid(db: Db, m: Missing): { h: number; at: number; site: string; user: string | null } | undefined {
  return db
    .prepare(
      `SELECT t.hlc AS h, t.at, t.site, t.user FROM change c CROSS JOIN change_tx t ON t.tx = c.tx
       WHERE c.tbl = ? AND c.row = ? AND json_extract(c.f, ?) IS ? ORDER BY c.seq DESC LIMIT 1`,
    )
    .get(m.tbl, m.pk, `$."${m.fid}"[0]`, m.value) as
    | { h: number; at: number; site: string; user: string | null }
    | undefined
}

export interface Conflict {
  id: string
  seq: number
  tbl: number
  row: string
  fid: number
  class: string
  win: Value
  win_at: number
  win_site: string
  win_user: string | null
  lose: Value
  lose_at: number
  lose_site: string
  lose_user: string | null
  /** The value of the field now; null also when the row is not here. */
  now: Value
}

/** Open ones, the newest first. What has the other value by now was settled, on this device or another. */
export function openConflicts(db: Db, limit: number): Conflict[] {
  const rows = db.prepare("SELECT * FROM sync_conflict WHERE state = 'open' ORDER BY seq DESC, id LIMIT ?").all(limit)
  return (rows as (Omit<Conflict, 'win' | 'lose' | 'now'> & { win: string; lose: string })[]).map((c) => ({
    ...c,
    win: JSON.parse(c.win) as Value,
    lose: JSON.parse(c.lose) as Value,
    now: valueNow(db, c.tbl, c.row, c.fid),
  }))
}

/** Conflicts of values, and not of rows: whoever chooses one decides for all that were written there apart, two or more. */
const OF_VALUES = new Set(['lww', 'text', 'group', 'rewind'])

/** What is chosen at once: a field with those that belong to it, or all the edits of something that was deleted, however often. */
export function choiceOf(db: Db, c: Pick<Conflict, 'id' | 'class' | 'tbl' | 'row' | 'fid'>): string {
  if (c.class === 'edited_deleted') return `${c.class} ${c.tbl} ${c.row}`
  if (!OF_VALUES.has(c.class)) return c.id
  return `${c.tbl} ${c.row} ${ownTables(db).get(c.tbl)?.groupOf(c.fid)[0] ?? c.fid}`
}

/** As many as a person has to choose. */
export function countConflicts(db: Db): number {
  const open = db.prepare("SELECT id, class, tbl, row, fid FROM sync_conflict WHERE state = 'open'").all()
  return new Set((open as Conflict[]).map((c) => choiceOf(db, c))).size
}

function valueNow(db: Db, tbl: number, row: string, fid: number): Value {
  const shape = shapes(db).get(tbl)
  const name = shape?.byId.get(fid)?.name
  if (!shape || !name) return null
  const found = db.prepare(`SELECT "${name}" AS v FROM "${shape.spec.name}" WHERE id = ?`).get(row) as
    | { v: Value }
    | undefined
  return found?.v ?? null
}

interface OpenConflict extends Pick<Conflict, 'id' | 'tbl' | 'row' | 'fid' | 'class' | 'win_at'> {
  win: string
  lose: string
}

/** After something came: conflicts whose field has the other value now are settled, and what was deleted is back. */
export function settleConflicts(tx: Tx): void {
  const open = openConflicts(tx.db, 1_000)
  const done = tx.db.prepare("UPDATE sync_conflict SET state = 'taken' WHERE id = ?")
  for (const c of open) {
    const isBack = c.class === 'edited_deleted' && valueNow(tx.db, c.tbl, c.row, FIELD_DELETED) === 0
    if (isBack || (c.class !== 'edited_deleted' && c.lose !== c.win && c.now === c.lose)) done.run(c.id)
  }
}

/**
 * What somebody looked at elsewhere and decided: there one of the values was said once more, later. By the stamp, not by seq, which begins anew when
 * the server goes back. Where more than two wrote apart, any of their values decides for all of them: but for what the one who decided did not know yet,
 * and so on their own device it is asked.
 */
export function settleKept(tx: Tx, authors: Authors, told: readonly Told[]): void {
  const { db } = tx
  const open = db
    .prepare("SELECT id, tbl, row, fid, class, win, win_at, lose FROM sync_conflict WHERE state = 'open'")
    .all() as OpenConflict[]
  if (open.length === 0) return
  const rows = new Map(told.map((row) => [`${row.tbl}:${row.row}`, row.cells]))
  const settle = db.prepare('UPDATE sync_conflict SET state = ? WHERE id = ?')
  const apart = Map.groupBy(open, (c) => (OF_VALUES.has(c.class) ? `${c.tbl} ${c.row} ${c.fid}` : c.id))
  for (const all of apart.values()) {
    const { tbl, row, fid, class: of } = all[0]!
    const deleted = of === 'edited_deleted'
    const cell = rows.get(`${tbl}:${row}`)?.[deleted ? FIELD_DELETED : fid]
    if (!cell || readHlc(cell[1]).ms <= Math.max(...all.map((c) => c.win_at))) continue
    if (OF_VALUES.has(of) && authors.own.has(cell[2])) continue
    const value = JSON.stringify(cell[0])
    const isOne = OF_VALUES.has(of) ? all.some((c) => c.win === value || c.lose === value) : all[0]!.win === value
    if (deleted ? cell[0] !== 1 : !isOne) continue
    for (const c of all) settle.run(!deleted && c.lose === value && c.lose !== c.win ? 'taken' : 'kept', c.id)
  }
}

/**
 * Keeps either value: 'win' says the field as it is once more, so that other devices ask no longer, 'lose' writes the other one, as an ordinary change that everybody gets. Of something that was
 * edited here and deleted there, 'lose' brings the row back with the edit that was kept underneath. False when there is no such open conflict.
 */
export function resolveConflict(tx: Tx, id: string, keep: 'win' | 'lose'): boolean {
  const { db } = tx
  const row = db.prepare("SELECT * FROM sync_conflict WHERE id = ? AND state = 'open'").get(id) as
    | (Omit<Conflict, 'lose'> & { lose: string })
    | undefined
  if (!row) return false
  const done = db.prepare('UPDATE sync_conflict SET state = ? WHERE id = ?')
  tx.touched.add('sync')
  done.run(keep === 'win' ? 'kept' : 'taken', id)
  const shape = shapes(db).get(row.tbl)
  const held =
    shape && (db.prepare(`SELECT pk FROM "${shape.spec.name}" WHERE id = ?`).get(row.row) as { pk: number } | undefined)
  if (!shape || !held) return true
  const bring = row.class === 'edited_deleted'
  if (keep === 'win') {
    const fid = bring ? FIELD_DELETED : row.fid
    sayAgain(tx, row.tbl, held.pk, KIND.patch, { [fid]: [valueNow(db, row.tbl, row.row, fid)] })
    return true
  }
  const values = new Map<number, Value>(bring ? [[FIELD_DELETED, 0]] : [])
  const field = shape.byId.get(row.fid)
  const value = field && fitting(shape, field, JSON.parse(row.lose) as Value)
  if (field && value !== undefined) values.set(field.id, value)
  updateRow(tx, shape, held.pk, values, tx.now)
  if (bring)
    db.prepare(
      "UPDATE sync_conflict SET state = 'taken' WHERE tbl = ? AND row = ? AND class = 'edited_deleted' AND state = 'open'",
    ).run(row.tbl, row.row)
  deriveRows(tx, new Map([[row.tbl, new Set([held.pk])]]))
  return true
}
