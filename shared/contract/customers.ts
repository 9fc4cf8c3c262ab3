import { z } from 'zod'
import { MERGE_FIELDS, MERGE_MOST } from '../domain/merge.ts'
import { ADDRESS_TYPES, CHANNEL_KINDS, CHANNEL_TYPES, LINK_KINDS, PARTY_KINDS, PARTY_ROLES } from '../domain/party.ts'
import { Changed, Day, Id, Instant, line, optionalLine, procedure } from './base.ts'
import { Filter, Sort } from './filter.ts'

export const Channel = z.object({
  id: Id,
  kind: z.enum(CHANNEL_KINDS),
  type: z.enum(CHANNEL_TYPES),
  value: z.string(),
  /** E.164 of a phone that could be read, else null. */
  e164: z.string().nullable(),
})
export const Address = z.object({
  id: Id,
  type: z.enum(ADDRESS_TYPES),
  province: z.string().nullable(),
  city: z.string().nullable(),
  address: z.string().nullable(),
  postal_code: z.string().nullable(),
})
/** A link as seen from one party: `other` is the party at the far end; `outgoing` tells which end this one is. */
export const Link = z.object({
  id: Id,
  kind: z.enum(LINK_KINDS),
  role: z.string().nullable(),
  outgoing: z.boolean(),
  other: z.object({ id: Id, kind: z.enum(PARTY_KINDS), name: z.string() }),
})
export const Tag = z.object({ id: Id, name: z.string(), color: z.string().nullable(), kind: z.enum(['tag', 'group']) })
export const Source = z.object({ id: Id, name: z.string() })

/** One line of a list, of the palette, of a duplicate warning. */
export const CustomerRow = z.object({
  id: Id,
  kind: z.enum(PARTY_KINDS),
  name: z.string(),
  /** First phone as E.164, else as typed. */
  phone: z.string().nullable(),
  phones: z.int(),
  email: z.string().nullable(),
  city: z.string().nullable(),
  province: z.string().nullable(),
  /** «role, company» of the first workplace. */
  company: z.string().nullable(),
  job: z.string().nullable(),
  roles: z.array(z.enum(PARTY_ROLES)),
  tags: z.array(Tag),
  source: z.string().nullable(),
  owner_id: Id.nullable(),
  credit_limit: z.int().nullable(),
  blacklisted: z.boolean(),
  birth: z.object({ jm: z.int(), jd: z.int(), jy: z.int().nullable() }).nullable(),
  created_at: Instant,
  updated_at: Instant,
  deleted: z.boolean(),
  /** The last meeting, visit, message or call that was answered. */
  last_contact: Instant.nullable(),
  /** The day of the next open task. */
  next_contact: Day.nullable(),
  /** From this day on the customer counts as slipped. */
  slips_on: Day.nullable(),
})
export type CustomerRow = z.infer<typeof CustomerRow>

export const Customer = z.object({
  id: Id,
  kind: z.enum(PARTY_KINDS),
  name: z.string(),
  title: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  company_name: z.string().nullable(),
  national_id: z.string().nullable(),
  company_id: z.string().nullable(),
  economic_code: z.string().nullable(),
  registration_number: z.string().nullable(),
  sheba: z.string().nullable(),
  card_number: z.string().nullable(),
  birth_jy: z.int().nullable(),
  birth_jm: z.int().nullable(),
  birth_jd: z.int().nullable(),
  credit_limit: z.int().nullable(),
  blacklisted: z.boolean(),
  blacklist_reason: z.string().nullable(),
  about: z.string().nullable(),
  source_id: Id.nullable(),
  owner_id: Id.nullable(),
  created_at: Instant,
  updated_at: Instant,
  deleted: z.boolean(),
  /** The last call, meeting, visit or message. */
  last_contact: Instant.nullable(),
  /** The day of the next open task. */
  next_contact: Day.nullable(),
  /** From this day on the customer counts as slipped. */
  slips_on: Day.nullable(),
  channels: z.array(Channel),
  addresses: z.array(Address),
  links: z.array(Link),
  roles: z.array(z.enum(PARTY_ROLES)),
  tags: z.array(Tag),
})
export type Customer = z.infer<typeof Customer>

/** Lists in an input replace the whole list; a member with an `id` is kept and patched, one without is new, a missing one is removed. */
export const CustomerFields = z.object({
  title: optionalLine(50),
  first_name: optionalLine(100),
  last_name: optionalLine(100),
  company_name: optionalLine(200),
  national_id: optionalLine(30),
  company_id: optionalLine(30),
  economic_code: optionalLine(30),
  registration_number: optionalLine(30),
  sheba: optionalLine(50),
  card_number: optionalLine(40),
  birth_jy: z.int().min(1206).max(1498).nullable(),
  birth_jm: z.int().min(1).max(12).nullable(),
  birth_jd: z.int().min(1).max(31).nullable(),
  /** Integer rial. */
  credit_limit: z.int().min(0).nullable(),
  blacklisted: z.boolean(),
  blacklist_reason: optionalLine(500),
  about: optionalLine(20_000),
  source_id: Id.nullable(),
  owner_id: Id.nullable(),
  channels: z
    .array(
      z.object({
        id: Id.optional(),
        kind: z.enum(CHANNEL_KINDS),
        type: z.enum(CHANNEL_TYPES),
        value: line(300),
      }),
    )
    .max(50),
  addresses: z
    .array(
      z.object({
        id: Id.optional(),
        type: z.enum(ADDRESS_TYPES),
        province: optionalLine(60),
        city: optionalLine(60),
        address: optionalLine(1000),
        postal_code: optionalLine(20),
      }),
    )
    .max(50),
  links: z
    .array(
      z.object({
        id: Id.optional(),
        kind: z.enum(LINK_KINDS),
        role: optionalLine(100),
        outgoing: z.boolean(),
        other_id: Id,
      }),
    )
    .max(200),
  roles: z.array(z.enum(PARTY_ROLES)),
  tag_ids: z.array(Id).max(100),
})
export const CustomerPatch = CustomerFields.partial()
export type CustomerPatch = z.infer<typeof CustomerPatch>
export const CustomerInput = CustomerPatch.extend({ kind: z.enum(PARTY_KINDS) })
export type CustomerInput = z.infer<typeof CustomerInput>

export const DuplicateHit = z.object({
  customer: CustomerRow,
  why: z.array(z.enum(['phone', 'national_id', 'company_id', 'email', 'name_city', 'name'])),
})

/** Which customers a bulk command is for: named ones, or all that a filter shows except some. */
export const Target = z.union([
  z.object({ ids: z.array(Id).min(1).max(10_000) }),
  z.object({ filter: Filter, except: z.array(Id).max(10_000) }),
])

const Cursor = z.string().max(2000)

export const customers = {
  /** A page of the list. `at`: by number of the first row (a jump) or by key (the next page of a scroll). */
  page: procedure('customers.read')
    .input(
      z.object({
        filter: Filter,
        sort: Sort,
        limit: z.int().min(1).max(200),
        at: z.union([z.object({ index: z.int().min(0) }), z.object({ after: Cursor })]),
      }),
    )
    .output(z.object({ rows: z.array(CustomerRow), next: Cursor.nullable() })),
  count: procedure('customers.read')
    .input(z.object({ filter: Filter }))
    .output(z.object({ count: z.int() })),
  get: procedure('customers.read')
    .input(z.object({ id: Id }))
    .output(Customer),
  rows: procedure('customers.read')
    .input(z.object({ ids: z.array(Id).max(200) }))
    .output(z.array(CustomerRow)),
  add: procedure('customers.write')
    .input(CustomerInput)
    .errors({ NAME_OR_PHONE_NEEDED: { status: 422 } })
    .output(Changed.extend({ id: Id })),
  update: procedure('customers.write')
    .input(z.object({ id: Id, patch: CustomerPatch }))
    .errors({ NAME_OR_PHONE_NEEDED: { status: 422 } })
    .output(Changed),
  remove: procedure('customers.delete')
    .input(z.object({ ids: z.array(Id).min(1).max(1000) }))
    .output(Changed),
  restore: procedure('customers.delete')
    .input(z.object({ ids: z.array(Id).min(1).max(1000) }))
    .output(Changed),
  /**
   * Makes one record of several: `survivor` stays and gets every phone, address, note, tag, role and relation of the others; of what can
   * stay only once the survivor's, filled from the others, or what `choose` says (whose value; 'all': every text). The others lead to the
   * survivor from then on. A record that was merged already counts as the one it went into; null when nothing is left to merge.
   */
  merge: procedure('customers.delete')
    .input(
      z.object({
        survivor: Id,
        others: z
          .array(Id)
          .min(1)
          .max(MERGE_MOST - 1),
        choose: z.partialRecord(z.enum(MERGE_FIELDS), z.union([Id, z.literal('all')])).default({}),
      }),
    )
    .errors({ NAME_OR_PHONE_NEEDED: { status: 422 } })
    .output(Changed.extend({ id: Id, merged: z.int() })),
  /** Over 1,000 rows it runs as a batch; undo by `history.undo({batch})`. Cancelled, it answers with what was done until then. */
  bulk: procedure('customers.bulk')
    .input(
      z.object({
        target: Target,
        action: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('addTag'), tag_id: Id }),
          z.object({ kind: z.literal('removeTag'), tag_id: Id }),
          z.object({ kind: z.literal('setOwner'), owner_id: Id.nullable() }),
          z.object({ kind: z.literal('setSource'), source_id: Id.nullable() }),
          z.object({ kind: z.literal('addRole'), role: z.enum(PARTY_ROLES) }),
          z.object({ kind: z.literal('delete') }),
          z.object({ kind: z.literal('restore') }),
        ]),
      }),
    )
    .output(Changed.extend({ batch: Id.nullable(), count: z.int() })),
  /** How far the bulk command is that runs as a batch just now; null when none does. Changes with every thousand rows. */
  bulkRun: procedure('customers.bulk').output(z.object({ batch: Id, done: z.int(), total: z.int() }).nullable()),
  /** Asks it to stop; what it did until then stays, to be kept or undone. */
  cancelBulk: procedure('customers.bulk')
    .input(z.object({ batch: Id }))
    .output(z.object({})),
  /** Who might this be already? Exact phone, ids and e-mail first, then near-same name (folded) with the same city, then name. */
  duplicates: procedure('customers.read')
    .input(
      z.object({
        phones: z.array(z.string().max(300)).max(20).optional(),
        emails: z.array(z.string().max(300)).max(20).optional(),
        national_id: z.string().max(40).optional(),
        company_id: z.string().max(40).optional(),
        name: z.string().max(400).optional(),
        city: z.string().max(100).optional(),
        except: Id.optional(),
      }),
    )
    .output(z.array(DuplicateHit).max(5)),
  tags: {
    list: procedure('customers.read').output(z.array(Tag.extend({ uses: z.int() }))),
    add: procedure('customers.write')
      .input(z.object({ name: line(60), kind: z.enum(['tag', 'group']), color: z.string().max(20).nullable() }))
      .output(Changed.extend({ id: Id })),
    update: procedure('customers.write')
      .input(z.object({ id: Id, name: line(60).optional(), color: z.string().max(20).nullable().optional() }))
      .output(Changed),
    remove: procedure('customers.bulk')
      .input(z.object({ id: Id }))
      .output(Changed),
  },
  sources: {
    list: procedure('customers.read').output(z.array(Source.extend({ uses: z.int() }))),
    add: procedure('customers.write')
      .input(z.object({ name: line(60) }))
      .output(Changed.extend({ id: Id })),
    update: procedure('customers.write')
      .input(z.object({ id: Id, name: line(60) }))
      .output(Changed),
    remove: procedure('customers.bulk')
      .input(z.object({ id: Id }))
      .output(Changed),
  },
}
