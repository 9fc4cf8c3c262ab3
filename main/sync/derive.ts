import { getTableName } from 'drizzle-orm'
import type { Db } from '../db/open.ts'
import { type Tx, write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import { shapes } from './fields.ts'

/** Rows whose derived columns are made in the transaction that brought them; more wait for turns of their own, so that nobody else does. */
const AT_ONCE = 200

/**
 * Asks the owners of the tables to make derived columns and search rows of these rows again, now or (many, or with more to come: what hangs on a customer
 * may be among it) by and by.
 */
export function deriveRows(tx: Tx, changed: ReadonlyMap<number, ReadonlySet<number>>, more = false): void {
  let total = 0
  for (const pks of changed.values()) total += pks.size
  if (total <= AT_ONCE && !more) {
    for (const [tbl, pks] of changed) deriveTable(tx, tbl, [...pks])
    return
  }
  const put = tx.db.prepare('INSERT INTO sync_derive (tbl, row) VALUES (?, ?) ON CONFLICT DO NOTHING')
  for (const [tbl, pks] of changed) for (const pk of pks) put.run(tbl, pk)
}

/** The same within this transaction, however many they are. */
export function deriveTables(tx: Tx, changed: ReadonlyMap<number, number[]>): void {
  for (const [tbl, pks] of changed) deriveTable(tx, tbl, pks)
}

function deriveTable(tx: Tx, tbl: number, pks: number[], later?: (table: string, pk: number) => boolean): void {
  const table = shapes(tx.db).get(tbl)!.spec.name
  for (const module of tx.ctx.modules) {
    if (!module.rederive || !module.tables.some((t) => getTableName(t) === table)) continue
    try {
      module.rederive(tx, table, pks, later)
    } catch (error) {
      // What a module cannot make of rows that are the truth elsewhere must not keep them out.
      tx.ctx.log.error('sync.derive', error, { table })
    }
  }
}

/** The next turn of what waits, of so many rows; false when nothing does. Cut off at any moment it goes on where it was. */
export function deriveNext(ctx: Ctx, most = 500): boolean {
  if (!waits(ctx.db)) return false
  write(ctx, 'sync.derive', (tx) => {
    const { db } = tx
    // Customers last: their names and words are made of what hangs on them, and once is enough.
    const first = db.prepare('SELECT tbl FROM sync_derive ORDER BY tbl = 1, tbl LIMIT 1').get() as { tbl: number }
    const rows = db.prepare('SELECT row FROM sync_derive WHERE tbl = ? ORDER BY row LIMIT ?').all(first.tbl, most) as {
      row: number
    }[]
    deriveTable(
      tx,
      first.tbl,
      rows.map((r) => r.row),
      laterIn(tx),
    )
    db.prepare('DELETE FROM sync_derive WHERE tbl = ? AND row <= ?').run(first.tbl, rows.at(-1)!.row)
    tx.touched.add(shapes(db).get(first.tbl)!.spec.name)
  })
  return true
}

/** Does a row have a turn of its own to come? */
function laterIn({ db }: Tx): (table: string, pk: number) => boolean {
  const ids = new Map([...shapes(db)].map(([id, { spec }]) => [spec.name, id]))
  const there = db.prepare('SELECT 1 FROM sync_derive WHERE tbl = ? AND row = ?')
  return (table, pk) => there.get(ids.get(table), pk) !== undefined
}

export const waits = (db: Db): boolean => db.prepare('SELECT 1 FROM sync_derive LIMIT 1').get() !== undefined
