import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Changed, Id, Instant, procedure } from './base.ts'
import { CustomerRow } from './customers.ts'

/** Why two records may be one customer: i18n keys `duplicates:why.<code>`. `shared_…`: a number that more than two have. */
export const DUPLICATE_REASONS = [
  'national_id',
  'company_id',
  'economic_code',
  'sheba',
  'card_number',
  'phone',
  'shared_phone',
  'email',
  'shared_email',
  'same_name',
  'near_name',
  'part_name',
  'city',
  'company',
  'birthday',
] as const
export const DuplicateReason = z.enum(DUPLICATE_REASONS)
export type DuplicateReason = z.infer<typeof DuplicateReason>

export const DuplicatePair = z.object({
  a: CustomerRow,
  b: CustomerRow,
  /** 40 to 100: how sure. */
  score: z.int(),
  /** Strongest first. */
  reasons: z.array(DuplicateReason),
})
export type DuplicatePair = z.infer<typeof DuplicatePair>

export const DuplicateProgress = z.object({
  /** Reading equal numbers, reading names, comparing pairs, writing down what was found. */
  phase: z.enum(['numbers', 'names', 'compare', 'store']),
  done: z.int(),
  total: z.int(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
})
export type DuplicateProgress = z.infer<typeof DuplicateProgress>

/** What the last search that came to its end was like. */
export const LastSearch = z.object({
  at: Instant,
  ms: z.int(),
  customers: z.int(),
  /** Pairs that were compared, that look alike, and that are kept to be shown (the likeliest 20,000). */
  compared: z.int(),
  found: z.int(),
  kept: z.int(),
})
export type LastSearch = z.infer<typeof LastSearch>

export const duplicates = {
  status: procedure('customers.read').output(
    z.object({ running: DuplicateProgress.nullable(), last: LastSearch.nullable() }),
  ),
  /** Looks through the whole book, or follows the search under way; ends when it ends. Leaving does not stop it: `cancel` does. */
  find: procedure('customers.write')
    .input(z.object({ start: z.boolean().default(true) }))
    .output(eventIterator(DuplicateProgress)),
  cancel: procedure('customers.write').output(z.object({})),
  /** What the last search found and still holds, likeliest first. `total` counts pairs whose both customers are still there. */
  page: procedure('customers.read')
    .input(z.object({ after: z.string().max(100).optional(), limit: z.int().min(1).max(200).default(50) }))
    .output(z.object({ pairs: z.array(DuplicatePair), next: z.string().nullable(), total: z.int() })),
  /** «Not the same»: remembered, and never shown again. */
  distinct: procedure('customers.write')
    .input(z.object({ a: Id, b: Id }))
    .output(Changed),
}
