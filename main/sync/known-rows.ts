import { SCOPE_SHARED, scopeRule } from '../../shared/sync/scope.ts'
import type { Db } from '../db/open.ts'
import { Inserts } from './inserts.ts'
import { lineAt } from './log-lines.ts'
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
  const known = db.prepare('SELECT scope FROM sync_row WHERE tbl = ? AND row = ?')
  let seq = s0
  for (const [first, count] of flight.ranges) {
    for (let at = first; at < first + count; at++, seq++) {
      const line = lineAt(db, at)
      if (!line) continue
      const held = known.get(line.tbl, line.row) as { scope: number } | undefined
      const scope = held?.scope ?? (scopeRule(line.tbl).kind === 'shared' ? SCOPE_SHARED : home)
      knowRow(db, line.tbl, line.row, scope, seq)
    }
  }
}
