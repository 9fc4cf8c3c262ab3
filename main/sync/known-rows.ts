import { MANIFEST } from '../../shared/sync/manifest.ts'
import { SCOPE_SHARED, scopeRule } from '../../shared/sync/scope.ts'
import type { Db } from '../db/open.ts'
import { Inserts } from './inserts.ts'
import type { Flight } from './state.ts'

const INTO = 'INSERT INTO sync_row (tbl, row, scope, seq)'
const AGAIN = ' ON CONFLICT (tbl, row) DO UPDATE SET scope = excluded.scope, seq = excluded.seq'

/** What the server has told of a row: where it is, and which of its states. */
export function knowRow(db: Db, tbl: number, pk: number, scope: number, seq: number): void {
  db.prepare(`${INTO} VALUES (?, ?, ?, ?)${AGAIN}`).run(tbl, pk, scope, seq)
}

/** The same of many; add them as knowRow takes them. */
export const knowRows = (db: Db): Inserts => new Inserts(db, INTO, 4, AGAIN)

/** Told after the last order that this book and a server that went back have in common (epoch.ts). */
export function isLate(db: Db, tbl: number, pk: number): boolean {
  const known = db.prepare('SELECT seq FROM sync_row WHERE tbl = ? AND row = ?').get(tbl, pk)
  return (known as { seq: number } | undefined)?.seq === -1
}

/** What a batch has made of its rows, where nobody came between; new ones went to `home`. */
export function noteRows(db: Db, flight: Flight, s0: number, home: number): void {
  const note = db.prepare(
    `${INTO} SELECT c.tbl, c.row, iif(c.tbl IN (SELECT value FROM json_each(?)), ${SCOPE_SHARED}, ?), c.seq + ?
     FROM change c WHERE c.seq BETWEEN ? AND ? ORDER BY c.seq ON CONFLICT (tbl, row) DO UPDATE SET seq = excluded.seq`,
  )
  const shared = JSON.stringify(MANIFEST.map(({ id }) => id).filter((tbl) => scopeRule(tbl).kind === 'shared'))
  let seq = s0
  for (const [first, count] of flight.ranges) {
    note.run(shared, home, seq - first, first, first + count - 1)
    seq += count
  }
}
