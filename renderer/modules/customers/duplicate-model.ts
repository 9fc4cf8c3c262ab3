import type { CustomerRow } from '../../../shared/contract/customers.ts'
import type { DuplicateHit } from './use-duplicates.ts'

/** The name of the first customer found for this reason, for the line under the field; null when there is none. */
export function inlineDuplicate(
  hits: readonly DuplicateHit[],
  why: DuplicateHit['why'][number],
  isIt: (row: CustomerRow) => boolean = () => true,
): string | null {
  return hits.find((hit) => hit.why.includes(why) && isIt(hit.customer))?.customer.name ?? null
}
