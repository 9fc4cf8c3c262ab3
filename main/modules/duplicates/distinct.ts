import type { Db } from '../../db/open.ts'
import { insertOrRevive } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { uuidV5 } from '../../engine/ids.ts'
import { partyOf } from '../customers/record.ts'
import { survivorOf } from '../history/merged.ts'
import { partyDistinct } from './table.ts'

/** «Not the same.» False when that was known. Fails with NOT_FOUND. */
export function markDistinctTx(tx: Tx, a: string, b: string): boolean {
  const [a_id, b_id] = [partyOf(tx.db, a).id, partyOf(tx.db, b).id].sort() as [string, string]
  if (a_id === b_id) return false
  return insertOrRevive(tx, partyDistinct, { id: uuidV5(a_id, b_id), a_id, b_id })
}

/** The pairs that are not the same, as 'pk/pk' with the smaller first; of a merged customer what was said counts for the one it went into. */
export function distinctPairs(db: Db): Set<string> {
  const rows = db.prepare('SELECT a_id, b_id FROM party_distinct WHERE deleted = 0').all() as Array<{
    a_id: string
    b_id: string
  }>
  const read = db.prepare('SELECT pk FROM party WHERE id = ?')
  const pkOf = (id: string) => (read.get(survivorOf(db, id) ?? id) as { pk: number } | undefined)?.pk ?? 0
  return new Set(rows.map(({ a_id, b_id }) => pairKey(pkOf(a_id), pkOf(b_id))))
}

export const pairKey = (a: number, b: number): string => (a < b ? `${a}/${b}` : `${b}/${a}`)
