import { z } from 'zod'
import { tidy } from '../domain/persian-text.ts'
import { Changed, Id, Instant, optionalLine, procedure } from './base.ts'
import { DuplicateHit } from './customers.ts'
import { TaskInput, taskRefusals } from './tasks.ts'

export const LEAD_STATUSES = ['new', 'working', 'converted', 'discarded'] as const
export const LeadStatus = z.enum(LEAD_STATUSES)
export type LeadStatus = z.infer<typeof LeadStatus>

const Named = z.object({ id: Id, name: z.string() })

/** Somebody who asked and is no customer yet. */
export const Lead = z.object({
  id: Id,
  /** Empty where only a number is known. */
  name: z.string(),
  company: z.string().nullable(),
  /** As it was typed; E.164 when it could be read. */
  phone: z.string().nullable(),
  e164: z.string().nullable(),
  email: z.string().nullable(),
  city: z.string().nullable(),
  /** What they want. */
  body: z.string().nullable(),
  /** Still readable when it was taken off the list. */
  source: Named.nullable(),
  owner_id: Id.nullable(),
  /** Who wrote it down. */
  user_id: Id.nullable(),
  /** When they asked. */
  at: Instant,
  status: LeadStatus,
  closed_at: Instant.nullable(),
  /** Why it was dropped; from the list `lead_reason`, still readable when it was taken off. */
  reason: Named.nullable(),
  /** The customer it became. */
  party: Named.nullable(),
  /** A customer with the same number, as long as it waits. */
  known: Named.nullable(),
})
export type Lead = z.infer<typeof Lead>

const name = z.string().max(800).transform(tidy).pipe(z.string().max(200))
const fields = {
  name,
  company: optionalLine(200),
  phone: optionalLine(40),
  email: optionalLine(200),
  city: optionalLine(60),
  body: optionalLine(20_000),
  source_id: Id.nullable(),
  owner_id: Id.nullable(),
}
/** What was not given has no value; without an owner it is of whoever writes it down. */
export const LeadInput = z
  .object(fields)
  .partial()
  .extend({ name: name.default('') })
export type LeadInput = z.infer<typeof LeadInput>

export const LeadFilter = z.object({
  /** null: nobody's. */
  owner_id: Id.nullable().optional(),
  source_id: Id.nullable().optional(),
  /** Part of a name, company, number, city or of what they want. */
  text: z.string().max(200).optional(),
})
export type LeadFilter = z.infer<typeof LeadFilter>

/** Leads that are dealt with together. */
const Ids = z.array(Id).min(1).max(1000)
const Many = Changed.extend({ count: z.int() })
const needed = { NAME_OR_PHONE_NEEDED: { status: 422 } } as const

export const leads = {
  /** One status, the newest first. */
  page: procedure('customers.read')
    .input(
      z.object({
        status: LeadStatus,
        filter: LeadFilter.default({}),
        /** The `next` of the page before. */
        after: z.string().max(60).optional(),
        limit: z.int().min(1).max(200).default(100),
      }),
    )
    .output(z.object({ leads: z.array(Lead), next: z.string().nullable() })),
  get: procedure('customers.read')
    .input(z.object({ id: Id }))
    .output(Lead),
  /** How many of each status. */
  counts: procedure('customers.read')
    .input(z.object({ filter: LeadFilter.default({}) }))
    .output(z.record(LeadStatus, z.int())),
  /** By source, the most fruitful first: how many came since then, and what became of them. */
  sources: procedure('customers.read')
    .input(z.object({ since: Instant.nullable() }))
    .output(z.array(z.object({ source: Named.nullable(), came: z.int(), converted: z.int(), discarded: z.int() }))),
  /** Other leads with this number, the newest first; asked while one types. */
  alike: procedure('customers.read')
    .input(z.object({ phone: z.string().max(160), except: Id.optional() }))
    .output(z.array(Lead.pick({ id: true, name: true, status: true, at: true })).max(5)),
  /** Customers whom this lead may be already. */
  matches: procedure('customers.read')
    .input(z.object({ id: Id }))
    .output(z.array(DuplicateHit).max(5)),
  add: procedure('leads.write')
    .input(LeadInput)
    .errors(needed)
    .output(Changed.extend({ id: Id })),
  update: procedure('leads.write')
    .input(z.object({ id: Id, patch: z.object(fields).partial() }))
    .errors(needed)
    .output(Changed),
  /** A colleague's, or nobody's (null). */
  assign: procedure('leads.write')
    .input(z.object({ ids: Ids, owner_id: Id.nullable() }))
    .output(Many),
  /** Somebody talks to them. */
  work: procedure('leads.write')
    .input(z.object({ ids: Ids }))
    .output(Many),
  /**
   * What was said with them, as a line more of what they want, and what comes next, as one change. A new one is then being talked to. A task
   * knows no lead: its title says whom it is about.
   */
  log: procedure('leads.write')
    .input(z.object({ id: Id, words: optionalLine(2000), followUp: TaskInput.optional() }))
    .errors(taskRefusals)
    .output(Changed.extend({ task_id: Id.nullable() })),
  /** Nothing came of it, for a reason of the list `lead_reason`. */
  discard: procedure('leads.write')
    .input(z.object({ ids: Ids, reason_id: Id.nullable() }))
    .output(Many),
  /** They came back after all. */
  reopen: procedure('leads.write')
    .input(z.object({ ids: Ids }))
    .output(Many),
  /**
   * A customer with all that is known of the lead, or what is new of it on a customer there is (`party_id`). One change: its undo takes all
   * of it back. Fails with ALREADY_CONVERTED.
   */
  convert: procedure('leads.write')
    .input(z.object({ id: Id, party_id: Id.nullable() }))
    .errors({ ALREADY_CONVERTED: { status: 409, data: z.object({ party_id: Id.nullable() }) } })
    .output(Changed.extend({ party_id: Id })),
  remove: procedure('leads.write')
    .input(z.object({ ids: Ids }))
    .output(Many),
}
