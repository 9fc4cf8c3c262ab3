import { z } from 'zod'
import { tidy } from '../domain/persian-text.ts'
import { Changed, Id, Instant, procedure } from './base.ts'
import { FieldChange } from './history.ts'

const Body = z.string().max(40_000).transform(tidy).pipe(z.string().min(1).max(20_000))

export const Note = z.object({
  id: Id,
  body: z.string(),
  at: Instant,
  user_id: Id.nullable(),
  pinned: z.boolean(),
  edited: z.boolean(),
})

/** One entry of a party's timeline, newest first. Later modules add kinds by declaration (`timeline` of the module object). */
export const TimelineEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('note'), key: z.string(), at: Instant, user_id: Id.nullable(), note: Note }),
  z.object({
    kind: z.literal('change'),
    key: z.string(),
    at: Instant,
    user_id: Id.nullable(),
    change: z.int(),
    verb: z.string(),
    /** What changed, readable: see history.FieldChange. */
    fields: z.array(
      FieldChange.pick({ table: true, field: true, from: true, to: true, from_name: true, to_name: true }),
    ),
  }),
])
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const activities = {
  timeline: procedure('customers.read')
    .input(
      z.object({
        party_id: Id,
        kinds: z.array(z.enum(['note', 'change'])).optional(),
        /** The `next` of the page before. */
        after: z.string().max(200).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ entries: z.array(TimelineEntry), next: z.string().nullable() })),
  addNote: procedure('notes.write')
    .input(z.object({ party_id: Id, body: Body }))
    .output(Changed.extend({ id: Id })),
  updateNote: procedure('notes.write')
    .input(z.object({ id: Id, body: Body.optional(), pinned: z.boolean().optional() }))
    .output(Changed),
  removeNote: procedure('notes.write')
    .input(z.object({ id: Id }))
    .output(Changed),
}
