import { KIND, tableByName } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import type { Tx } from '../../db/write.ts'
import { PARTS, removeUntouchedTx, untouchedCustomers } from '../customers/taken-back.ts'
import { REFERENCES } from './references.ts'

const PARTY = tableByName('party')!

/** What may hang on a customer besides its own parts, as SQL about a party called p; as whatStays asks (provenance.ts). */
const HELD = REFERENCES.filter((r) => r.to === 'party' && !r.mark && !PARTS.includes(r.table)).map(
  (r) =>
    `SELECT 1 FROM "${r.table}" r WHERE r."${r.field}" = p.id${r.field === 'merged_into' ? '' : ' AND r.deleted = 0'}`,
)

/** Customers that a transaction made, the last first. */
export function madeIn(db: Db, tx: number): number[] {
  const rows = db
    .prepare('SELECT row FROM change WHERE tx = ? AND tbl = ? AND kind = ? ORDER BY seq DESC')
    .all(tx, PARTY.id, KIND.put) as Array<{ row: number }>
  return rows.map(({ row }) => row)
}

/** Takes back those of the customers of transaction `made` that go as a whole because nothing has touched them; how many rows that were. */
export function undoWhole(tx: Tx, made: number, pks: readonly number[]): number {
  const whole = untouchedCustomers(tx, pks, made, HELD)
  return whole.length > 0 ? removeUntouchedTx(tx, whole) : 0
}
