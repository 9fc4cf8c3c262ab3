import { completeGroups } from '../../shared/sync/codec.ts'
import { FIELD_ID, KIND } from '../../shared/sync/manifest.ts'
import type { Fields, Op, Value } from '../../shared/sync/merge.ts'
import { isUuid } from '../../shared/sync/packed-ids.ts'
import type { Db } from '../db/open.ts'
import type { Tx } from '../db/write.ts'
import { ownTables, shapes, TOLD } from './fields.ts'

/** A line of the change log with what its transaction says. row: pk. f: JSON. */
export interface Line {
  seq: number
  tx: number
  tbl: number
  row: number
  kind: number
  f: string
  /** Of `f`, in UTF-8. */
  bytes: number
  h: number
  base: number
  user: string | null
  /** A patch of a row that was added to the log as a whole later (seed.ts): that says all of it, and the server would not know the row of the patch. */
  covered: 0 | 1
}

const COVERED = `c.kind = ${KIND.patch} AND EXISTS (SELECT 1 FROM change l
  WHERE l.tbl = c.tbl AND l.row = c.row AND l.seq > c.seq AND l.kind <> ${KIND.patch} AND json_type(l.f, '$."${FIELD_ID}"') IS NOT NULL)`
const COLUMNS = `c.seq, c.tx, c.tbl, c.row, c.kind, c.f, octet_length(c.f) AS bytes, t.hlc AS h, t.base, t.user, ${COVERED} AS covered`
/** Lines with dashes in their site came from other devices and wait for nothing (state.ts wireSite). */
export const OWN = "instr(t.site, '-') = 0"

/** Own changes after a line of the log, in their order. */
export function waitingLines(db: Db, after: number, limit: number): Line[] {
  return db
    .prepare(
      `SELECT ${COLUMNS} FROM change c CROSS JOIN change_tx t ON t.tx = c.tx WHERE c.seq > ? AND ${OWN} ORDER BY c.seq LIMIT ?`,
    )
    .all(after, limit) as Line[]
}

/** How many there are, `most` at most. */
export function countWaiting(db: Db, after: number, most: number): number {
  const row = db
    .prepare(
      `SELECT count(*) AS n FROM (SELECT 1 FROM change c CROSS JOIN change_tx t ON t.tx = c.tx WHERE c.seq > ? AND ${OWN} LIMIT ?)`,
    )
    .get(after, most)
  return (row as { n: number }).n
}

export function lineAt(db: Db, seq: number): Line | undefined {
  return db.prepare(`SELECT ${COLUMNS} FROM change c CROSS JOIN change_tx t ON t.tx = c.tx WHERE c.seq = ?`).get(seq) as
    | Line
    | undefined
}

/** Whatever follows `acked` and came from others needs no answer: the next own change, or the end of the log, is as far as all is answered. */
export function ackedUpTo(db: Db, acked: number): number {
  const next = waitingLines(db, acked, 1)[0]
  if (next) return next.seq - 1
  return Math.max(acked, (db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM change').get() as { seq: number }).seq)
}

/** The op a line is on the wire; null when its row is gone or of a table this program does not know. */
export function toOp(db: Db, line: Line, own: number): Op | null {
  const shape = shapes(db).get(line.tbl)
  const table = ownTables(db).get(line.tbl)
  if (!shape || !table) return null
  const said = JSON.parse(line.f) as Fields
  const row = (said[FIELD_ID]?.[0] as string | undefined) ?? idOf(db, shape.spec.name, line.row)
  if (row === undefined) return null
  const f = completeGroups(table, line.kind, said, (fid) => valueAt(db, line, shape.byId.get(fid)?.name ?? '', fid))
  const user = isUuid(line.user) ? line.user : null
  const op: Op = { tbl: line.tbl, row, kind: line.kind, h: line.h, base: line.base, own, user, f }
  const root = line.kind === KIND.patch ? undefined : rootOf(db, line.tbl, row)
  return root === undefined ? op : { ...op, root }
}

export function idOf(db: Db, table: string, pk: number): string | undefined {
  return (db.prepare(`SELECT id FROM "${table}" WHERE pk = ?`).get(pk) as { id: string } | undefined)?.id
}

/** The value right after the line: the newest that the log knows up to it. What is older than the log stands in the row as it was. */
function valueAt(db: Db, { tbl, row, seq }: Line, column: string, fid: number): Value {
  const path = `$."${fid}"[0]`
  const found = db
    .prepare(
      `SELECT kind, json_extract(f, ?) AS v, json_type(f, ?) IS NOT NULL AS said FROM change
       WHERE tbl = ? AND row = ? AND seq <= ? AND (kind = ${KIND.put} OR json_type(f, ?) IS NOT NULL) ORDER BY seq DESC LIMIT 1`,
    )
    .get(path, path, tbl, row, seq, path) as { kind: number; v: Value } | undefined
  if (found) return found.v
  const name = shapeName(db, tbl)
  const now = db.prepare(`SELECT "${column}" AS v FROM "${name}" WHERE pk = ?`).get(row) as { v: Value } | undefined
  return now?.v ?? null
}

const shapeName = (db: Db, tbl: number) => shapes(db).get(tbl)!.spec.name

function rootOf(db: Db, tbl: number, id: string): string | undefined {
  const told = TOLD[tbl]
  if (!told) return undefined
  const found = db
    .prepare(
      `SELECT "${told.root}" AS root FROM "${told.through}" WHERE "${told.own}" = ? ORDER BY deleted, pk LIMIT 1`,
    )
    .get(id) as { root: string } | undefined
  return isUuid(found?.root) ? found.root : undefined
}

/** Says what stands in a row already, as a change of now: by a write the log would hear nothing of it. */
export function sayAgain(tx: Tx, tbl: number, pk: number, kind: number, f: Fields): void {
  tx.db
    .prepare('INSERT INTO change (tx, tbl, row, kind, f) VALUES (?, ?, ?, ?, ?)')
    .run(tx.change, tbl, pk, kind, JSON.stringify(f))
}
