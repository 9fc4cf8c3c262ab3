import { z } from 'zod'
import { ACTIVITY_KINDS } from '../domain/activity.ts'
import { Id, Instant, procedure } from './base.ts'
import { CustomerRow } from './customers.ts'

export const CustomerHit = z.object({
  customer: CustomerRow,
  /** Why it is here when the row itself does not show it: the phone, tag, company or city that matched. */
  match: z.object({ field: z.enum(['name', 'phone', 'company', 'city', 'tag', 'code']), text: z.string() }),
})
/** A note, or what was said in a call, meeting, visit or message; once, with the first customer it was about. */
export const NoteHit = z.object({
  note_id: Id,
  kind: z.enum(ACTIVITY_KINDS),
  party_id: Id,
  party_name: z.string(),
  /** The note's text around the first match, at most 160 characters. */
  excerpt: z.string(),
  at: Instant,
})

export const NamedPeople = z.object({
  /** As asked. */
  name: z.string(),
  /** Its last words, where only what stands before them found somebody: they belong to the sentence. */
  rest: z.string(),
  customers: z.array(CustomerRow),
  /** The one whom the name surely means. */
  clear: Id.nullable(),
  /** More than these are called so. */
  more: z.boolean(),
})

export const search = {
  /** Everything the palette shows for a text. Ranked: exact phone or code, exact name, name prefix, recently opened, the rest by name. */
  all: procedure('customers.read')
    .input(z.object({ text: z.string().max(200), limit: z.int().min(1).max(100).default(20) }))
    .output(
      z.object({
        customers: z.array(CustomerHit),
        notes: z.array(NoteHit),
        /** The text it was read as, when nothing matched until the keyboard layout was corrected. */
        read_as: z.string().nullable(),
      }),
    ),
  /** Whom the names in a sentence mean, each by itself and in the order asked: by name, company, number or code, ranked as `all`. */
  people: procedure('customers.read')
    .input(
      z.object({
        names: z.array(z.string().max(200)).max(10),
        /** Customers a name. */
        limit: z.int().min(1).max(20).default(6),
      }),
    )
    .output(z.array(NamedPeople)),
  /** Customers this user opened last, newest first. */
  recent: procedure('customers.read')
    .input(z.object({ limit: z.int().min(1).max(50).default(8) }))
    .output(z.array(CustomerRow)),
  /** Remembers that a record was opened (local to this device, not in the history). */
  opened: procedure('customers.read')
    .input(z.object({ id: Id }))
    .output(z.object({})),
}
