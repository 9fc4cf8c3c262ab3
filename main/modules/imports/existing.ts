import type { Customer } from '../../../shared/contract/customers.ts'
import type { Db } from '../../db/open.ts'
import { getCustomer } from '../customers/record.ts'
import type { Existing } from './row-changes.ts'

/** A customer of the book as a row is compared with. */
export function readExisting(db: Db, id: string): { customer: Customer; existing: Existing } {
  const customer = getCustomer(db, id)
  const source = customer.source_id
    ? (db.prepare('SELECT name FROM source WHERE id = ?').get(customer.source_id) as { name: string } | undefined)
    : undefined
  const companions = customer.links
    .filter((l) => l.kind === 'works_at' && l.outgoing === (customer.kind === 'person'))
    .map((l) => l.other.name)
  return { customer, existing: { ...customer, source: source?.name ?? null, companions } }
}
