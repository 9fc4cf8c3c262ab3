import type { Db } from '../../db/open.ts'

const DERIVED = {}

/** Counts derivations on this connection: they change what lists show, but leave no trace in the change log. */
export function derivations(db: Db): { count: number } {
  return db.remember(DERIVED, () => ({ count: 0 }))
}
