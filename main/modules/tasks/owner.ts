import type { Db } from '../../db/open.ts'
import { fail } from '../../rpc/errors.ts'

/** Fails with OWNER_UNKNOWN where nobody of this id uses the book (any more). */
export function checkOwner(db: Db, ownerId: string): void {
  if (!db.prepare('SELECT 1 FROM user WHERE id = ? AND deleted = 0').get(ownerId)) fail('OWNER_UNKNOWN')
}

/** SQL: is this column nobody's: empty, or of a user who was removed? */
export const isNobodys = (column: string) =>
  `(${column} IS NULL OR NOT EXISTS (SELECT 1 FROM user o WHERE o.id = ${column} AND o.deleted = 0))`
