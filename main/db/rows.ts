import { getTableName, type InferInsertModel, type InferSelectModel } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db, Statement } from './open.ts'
import type { Tx } from './write.ts'

/** Optional columns may also be given as undefined, which means «leave to the default» (insert) or «leave alone» (patch). */
type Loose<T> = { [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] }
type Own<T extends SQLiteTable> = Omit<InferInsertModel<T>, 'pk' | 'id' | 'created_at' | 'updated_at'>

/** What the caller of insert gives: id and times are filled in when absent. */
export type NewRow<T extends SQLiteTable> = Loose<Own<T>> & {
  id?: string | undefined
  created_at?: number | undefined
  updated_at?: number | undefined
}
export type Patch<T extends SQLiteTable> = Loose<Partial<Own<T>>>
export type Row<T extends SQLiteTable> = InferSelectModel<T>
/** Local row number and identity of a new row. */
export interface Inserted {
  pk: number
  id: string
}

/** SQL by the columns given, so that an import of 100,000 rows prepares a handful of statements. */
interface Shape {
  name: string
  inserts: Map<string, Statement>
  patches: Map<string, Statement>
  flag: Statement
  byId: Statement
}

function shapeOf(db: Db, table: SQLiteTable): Shape {
  return db.remember(table, () => {
    const name = getTableName(table)
    return {
      name,
      inserts: new Map(),
      patches: new Map(),
      flag: db.raw.prepare<unknown[]>(`UPDATE "${name}" SET deleted = ?, updated_at = ? WHERE id = ? AND deleted <> ?`),
      byId: db.raw.prepare<unknown[]>(`SELECT * FROM "${name}" WHERE id = ?`),
    }
  })
}

const quote = (column: string) => `"${column}"`

function insertWith(tx: Tx, table: SQLiteTable, values: Record<string, unknown>, conflict: string) {
  const shape = shapeOf(tx.db, table)
  const id = (values['id'] as string | undefined) ?? tx.ctx.ids.next()
  const columns = ['id', 'created_at', 'updated_at']
  const bound: unknown[] = [id, values['created_at'] ?? tx.now, values['updated_at'] ?? tx.now]
  for (const key in values) {
    if (key === 'id' || key === 'created_at' || key === 'updated_at' || values[key] === undefined) continue
    columns.push(key)
    bound.push(values[key])
  }
  const key = conflict + columns.join()
  let statement = shape.inserts.get(key)
  if (!statement) {
    const places = columns.map(() => '?').join(', ')
    statement = tx.db.raw.prepare<unknown[]>(
      `INSERT INTO "${shape.name}" (${columns.map(quote).join(', ')}) VALUES (${places})${conflict}`,
    )
    shape.inserts.set(key, statement)
  }
  tx.touched.add(shape.name)
  return { ...statement.run(...bound), id }
}

/** Adds a row. Columns left undefined take the default of the schema. */
export function insert<T extends SQLiteTable>(tx: Tx, table: T, values: NewRow<T>): Inserted {
  const done = insertWith(tx, table, values, '')
  return { pk: Number(done.lastInsertRowid), id: done.id }
}

/** Adds a member of a set (id = UUIDv5), or takes back its delete flag. False when it was there already. */
export function insertOrRevive<T extends SQLiteTable>(tx: Tx, table: T, values: NewRow<T> & { id: string }): boolean {
  const revive = ' ON CONFLICT (id) DO UPDATE SET deleted = 0, updated_at = excluded.updated_at WHERE deleted <> 0'
  return insertWith(tx, table, values, revive).changes > 0
}

/** Writes the columns given (undefined = leave alone) and updated_at; false, and nothing written, when nothing differs or there is no such row. */
export function patch<T extends SQLiteTable>(tx: Tx, table: T, id: string, values: Patch<T>): boolean {
  const shape = shapeOf(tx.db, table)
  const columns: string[] = []
  const bound: unknown[] = []
  const given = values as Record<string, unknown>
  for (const key in given) {
    if (given[key] === undefined) continue
    columns.push(key)
    bound.push(given[key])
  }
  if (columns.length === 0) return false
  const key = columns.join()
  let statement = shape.patches.get(key)
  if (!statement) {
    const set = columns.map((c) => `${quote(c)} = ?`).join(', ')
    const differs = columns.map((c) => `${quote(c)} IS NOT ?`).join(' OR ')
    statement = tx.db.raw.prepare<unknown[]>(
      `UPDATE "${shape.name}" SET ${set}, updated_at = ? WHERE id = ? AND (${differs})`,
    )
    shape.patches.set(key, statement)
  }
  const changed = statement.run(...bound, tx.now, id, ...bound).changes > 0
  if (changed) tx.touched.add(shape.name)
  return changed
}

function flag(tx: Tx, table: SQLiteTable, id: string, deleted: 0 | 1): boolean {
  const shape = shapeOf(tx.db, table)
  const changed = shape.flag.run(deleted, tx.now, id, deleted).changes > 0
  if (changed) tx.touched.add(shape.name)
  return changed
}

/** Deleting is the flag; false when it was deleted already or never there. */
export function remove(tx: Tx, table: SQLiteTable, id: string): boolean {
  return flag(tx, table, id, 1)
}
export function restore(tx: Tx, table: SQLiteTable, id: string): boolean {
  return flag(tx, table, id, 0)
}

/** The row, deleted or not; undefined when there is none. */
export function byId<T extends SQLiteTable>(db: Db, table: T, id: string): Row<T> | undefined {
  return shapeOf(db, table).byId.get(id) as Row<T> | undefined
}
