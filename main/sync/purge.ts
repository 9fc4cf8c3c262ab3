import { KIND } from '../../shared/sync/manifest.ts'
import type { Tx } from '../db/write.ts'
import { type Ref, setAside } from './aside.ts'
import { deriveTables } from './derive.ts'
import { shapes } from './fields.ts'

/**
 * Rows that left a scope and are still known under it: another state of the row may have come with another scope. One that was made here and
 * moved before it ever came back is known under none.
 */
export function purgeExits(tx: Tx): number {
  const { db } = tx
  const rows: Ref[] = []
  for (const [tbl, shape] of shapes(db)) {
    const found = db
      .prepare(
        `SELECT e.tbl, t.pk AS row FROM sync_exit e CROSS JOIN "${shape.spec.name}" t ON t.id = e.row
         LEFT JOIN sync_row r ON r.tbl = e.tbl AND r.row = t.pk WHERE e.tbl = ? AND coalesce(r.scope, e.scope) = e.scope`,
      )
      .all(tbl) as Ref[]
    rows.push(...found)
  }
  db.prepare(
    'DELETE FROM sync_unknown WHERE EXISTS (SELECT 1 FROM sync_exit e WHERE e.tbl = sync_unknown.tbl AND e.row = sync_unknown.row AND e.scope = sync_unknown.scope)',
  ).run()
  db.prepare('DELETE FROM sync_exit').run()
  return purge(tx, rows)
}

/**
 * After everything has come: conflicts come in the order of their seqs, so before a row that changed again since, and it may have left before it came. What
 * this program cannot write waits for a newer one, with its conflicts.
 */
export function dropUnheld({ db }: Tx): void {
  const tables = db.prepare('SELECT DISTINCT tbl FROM sync_conflict').all() as { tbl: number }[]
  for (const { tbl } of tables) {
    const name = shapes(db).get(tbl)?.spec.name
    if (!name) continue
    const isNowhere = ['sync_unknown u WHERE u.tbl = c.tbl AND u.row', `"${name}" t WHERE t.id`].map(
      (where) => `NOT EXISTS (SELECT 1 FROM ${where} = c.row)`,
    )
    db.prepare(`DELETE FROM sync_conflict AS c WHERE c.tbl = ? AND ${isNowhere.join(' AND ')}`).run(tbl)
  }
}

/** Everything of scopes that this device may not see any more. */
export function purgeScopes(tx: Tx, scopes: readonly number[]): number {
  const { db } = tx
  let count = 0
  for (const scope of scopes) {
    count += purge(tx, db.prepare('SELECT tbl, row FROM sync_row WHERE scope = ?').all(scope) as Ref[])
    db.prepare('DELETE FROM sync_unknown WHERE scope = ?').run(scope)
    db.prepare('DELETE FROM sync_scope WHERE scope = ?').run(scope)
    db.prepare('DELETE FROM sync_exit WHERE scope = ?').run(scope)
  }
  return count
}

/** After the server went back: rows it did not show and does not let this device bring back are another's now. What was to be sent is kept aside. */
export function purgeRefused(tx: Tx, lines: readonly number[]): number {
  const row = tx.db.prepare(
    'SELECT tbl, row FROM change c WHERE seq = ? AND NOT EXISTS (SELECT 1 FROM sync_row r WHERE r.tbl = c.tbl AND r.row = c.row AND r.seq > 0)',
  )
  const rows = lines.flatMap((seq) => (row.get(seq) as Ref | undefined) ?? [])
  return purge(tx, rows)
}

/**
 * After everything has come: rows made here that the server took since `seen` (its head then) and does not show are in a scope that was lost before
 * they ever came back. What it refused to make stays, for its maker to see; of what it made and refused to change, the changes are kept aside. Had it
 * stayed, whoever wrote to it once it is seen again would claim to know what others wrote meanwhile.
 */
export function purgeUntold(tx: Tx, seen: number): number {
  const sent = tx.db.prepare('SELECT ranges FROM sync_sent WHERE head > ?').all(seen) as { ranges: string }[]
  const untold = tx.db.prepare(
    `SELECT c.tbl, c.row FROM change c WHERE c.seq >= ? AND c.seq < ? AND c.kind <> ${KIND.patch}
     AND NOT EXISTS (SELECT 1 FROM sync_row r WHERE r.tbl = c.tbl AND r.row = c.row)
     AND NOT EXISTS (SELECT 1 FROM sync_parked p WHERE p.seq = c.seq)`,
  )
  const rows = sent.flatMap(({ ranges }) =>
    (JSON.parse(ranges) as [number, number][]).flatMap(([first, count]) => untold.all(first, first + count) as Ref[]),
  )
  return purge(tx, rows)
}

/**
 * Takes rows out of this book, with what the log says of them. Own changes to them that the server has not taken go into the quarantine: nothing
 * that somebody wrote is thrown away, and the tray shows it.
 */
function purge(tx: Tx, found: readonly Ref[]): number {
  if (found.length === 0) return 0
  const rows = [...new Map(found.map((r) => [`${r.tbl}:${r.row}`, r])).values()]
  const { db } = tx
  setAside(tx, rows)
  // What is sent and acknowledged is known by the numbers of the log, and none is given twice: its last line stays, of no row and saying nothing.
  const { last } = db.prepare('SELECT max(seq) AS last FROM change').get() as { last: number }
  const keepNumber = db.prepare(
    `UPDATE change SET row = 0, kind = ${KIND.patch}, f = '{}' WHERE seq = ? AND tbl = ? AND row = ?`,
  )
  const tables = new Map<number, number[]>()
  for (const { tbl, row } of rows) tables.set(tbl, [...(tables.get(tbl) ?? []), row])
  // Derived rows (search, reminders) follow the flag, and so they go too.
  for (const [tbl, pks] of tables) {
    const hide = db.prepare(`UPDATE "${shapes(db).get(tbl)!.spec.name}" SET deleted = 1 WHERE pk = ? AND deleted = 0`)
    for (const pk of pks) hide.run(pk)
  }
  deriveTables(tx, tables)
  const mode = db.prepare('UPDATE change_context SET capture = ? WHERE one = 1')
  mode.run(2)
  for (const [tbl, pks] of tables) {
    const { name } = shapes(db).get(tbl)!.spec
    tx.touched.add(name)
    const conflicts = db.prepare(
      `DELETE FROM sync_conflict WHERE tbl = ? AND row = (SELECT id FROM "${name}" WHERE pk = ?)`,
    )
    const ofLines = ['sync_parked', 'sync_replay'].map((list) =>
      db.prepare(`DELETE FROM ${list} WHERE seq IN (SELECT seq FROM change WHERE tbl = ? AND row = ?)`),
    )
    const away = [
      db.prepare('DELETE FROM change WHERE tbl = ? AND row = ?'),
      db.prepare('DELETE FROM sync_row WHERE tbl = ? AND row = ?'),
      db.prepare('DELETE FROM sync_derive WHERE tbl = ? AND row = ?'),
    ]
    const row = db.prepare(`DELETE FROM "${name}" WHERE pk = ?`)
    for (const pk of pks) {
      // While the last line is still the row's: else the tray would count a change of no row for ever.
      for (const one of ofLines) one.run(tbl, pk)
      keepNumber.run(last, tbl, pk)
      conflicts.run(tbl, pk)
      for (const one of away) one.run(tbl, pk)
      row.run(pk)
    }
  }
  mode.run(1)
  return rows.length
}
