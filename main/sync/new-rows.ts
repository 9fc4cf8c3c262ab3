import { readHlc } from '../../shared/sync/clock.ts'
import { FIELD_DELETED, KIND, type TableSpec } from '../../shared/sync/manifest.ts'
import type { Value } from '../../shared/sync/merge.ts'
import type { Tx } from '../db/write.ts'
import type { Told } from './apply-rows.ts'
import type { Shape } from './fields.ts'
import { BLOCK } from './inserts.ts'
import { knowRows } from './known-rows.ts'
import { type Author, isOfRow, type RemoteWrites } from './remote-writes.ts'

/** A row this book does not have yet. Values by the place of their field in the shape. */
export interface NewRow {
  readonly told: Told
  readonly shape: Shape
  readonly author: Author
  /** Whoever made it, with what they said of it then; NULL where nothing. */
  readonly made: readonly Value[]
  /** What was said of it since. */
  readonly since: readonly Since[]
}
export interface Since {
  readonly author: Author
  readonly values: readonly (readonly [at: number, value: Value])[]
}

interface Ends {
  /** It is in, with this pk. */
  came(row: NewRow, pk: number): void
  /** It cannot be written. */
  refused(row: NewRow, error: unknown): void
}

/**
 * Puts rows in by the block, as they are now and without the triggers, which are most of what a row costs. Their lines of the log, as the triggers
 * would have written them while it came about, go into `writes`.
 */
export function insertNew(tx: Tx, writes: RemoteWrites, rows: readonly NewRow[], { came, refused }: Ends): void {
  if (rows.length === 0) return
  const { db } = tx
  const known = knowRows(db)
  const ends: Ends = {
    came(row, pk) {
      logNew(writes, row, pk)
      known.add(row.told.tbl, pk, row.told.scope, row.told.seq)
      came(row, pk)
    },
    refused,
  }
  const inOrder = [...rows].sort((a, b) => a.author.h - b.author.h)
  db.prepare('UPDATE change_context SET capture = 0 WHERE one = 1').run()
  for (const [{ spec }, list] of Map.groupBy(inOrder, (row) => row.shape)) {
    tx.touched.add(spec.name)
    for (let at = 0; at < list.length; at += BLOCK) insertBlock(tx, spec, list.slice(at, at + BLOCK), ends)
  }
  db.prepare('UPDATE change_context SET capture = 1 WHERE one = 1').run()
  known.end()
}

/** Together, if they are a whole block and each can be written; else one by one. */
function insertBlock({ ctx, db }: Tx, spec: TableSpec, list: readonly NewRow[], ends: Ends): void {
  const sorted = ctx.modules.find((module) => module.sorted?.[spec.name])?.sorted?.[spec.name]
  const columns = ['updated_at', ...spec.fields.map((f) => f.name), ...(sorted ? [sorted.column] : [])]
  const names = columns.map((name) => `"${name}"`).join()
  const places = `(${columns.map(() => '?').join()})`
  const insert = (some: readonly NewRow[]) => {
    const bound: Value[] = []
    for (const row of some) {
      const at = bound.length
      bindNow(bound, row)
      if (sorted) bound.push(sorted.keyOf((column) => bound[at + columns.indexOf(column)]))
    }
    const sql = `INSERT INTO "${spec.name}" (${names}) VALUES ${some.map(() => places).join()}`
    return Number(db.prepare(sql).run(bound).lastInsertRowid)
  }
  if (list.length === BLOCK) {
    try {
      const last = insert(list)
      for (const [i, row] of list.entries()) ends.came(row, last - list.length + 1 + i)
      return
    } catch (error) {
      if (!isOfRow(error)) throw error
    }
  }
  for (const row of list) {
    try {
      ends.came(row, insert([row]))
    } catch (error) {
      ends.refused(row, error)
    }
  }
}

/** What differs of it from how the row was made. */
const news = ({ made }: NewRow, { values }: Since) => values.filter(([at, value]) => made[at] !== value)

/** updated_at and the fields, as all that was said leaves them. */
function bindNow(bound: Value[], row: NewRow): void {
  const at = bound.push(readHlc(row.author.h).ms) - 1
  for (const value of row.made) bound.push(value)
  for (const since of row.since) {
    const differs = news(row, since)
    for (const [i, value] of differs) bound[at + 1 + i] = value
    if (differs.length > 0) bound[at] = Math.max(bound[at] as number, readHlc(since.author.h).ms)
  }
}

/** One line for the row as it was made, and one for each time something was said of it. */
function logNew(writes: RemoteWrites, row: NewRow, pk: number): void {
  const { fields } = row.shape.spec
  const { tbl } = row.told
  let put = ''
  // As the triggers do (db/triggers.ts): no NULL, and no flag that says nothing.
  for (let i = 0; i < fields.length; i++) {
    const value = row.made[i]!
    const { id } = fields[i]!
    if (value === null || (id === FIELD_DELETED && value === 0)) continue
    put += `${put === '' ? '{' : ','}"${id}":[${JSON.stringify(value)}]`
  }
  writes.log(row.author, { tbl, pk, kind: KIND.put, f: `${put}}` })
  for (const since of row.since) {
    const patch = news(row, since).map(([at, value]) => `"${fields[at]!.id}":[${JSON.stringify(value)}]`)
    // Never before the row itself, whatever the clocks said.
    const author = { ...since.author, h: Math.max(since.author.h, row.author.h) }
    if (patch.length > 0) writes.log(author, { tbl, pk, kind: KIND.patch, f: `{${patch.join()}}` })
  }
}
