import { z } from 'zod'
import { Changed, Day, Id, Instant, procedure } from './base.ts'

/** A count that is not walked to its end: `more` when there are more than `n`. */
export const Tally = z.object({ n: z.int(), more: z.boolean() })
export type Tally = z.infer<typeof Tally>

/** Whom a line is about; the first phone, as E.164 when it could be read. */
export const TodayParty = z.object({ id: Id, name: z.string(), phone: z.string().nullable() })
export type TodayParty = z.infer<typeof TodayParty>

const TodayTask = z.object({
  id: Id,
  kind: z.enum(['todo', 'call', 'meeting', 'visit', 'message']),
  title: z.string(),
  due_date: Day.nullable(),
  due_minute: z.int().nullable(),
  priority: z.int(),
  recurring: z.boolean(),
  owner_id: Id.nullable(),
  party: TodayParty.nullable(),
})

/** One line of the page; what can be done from it follows from its type. `key` is unique on the page. */
export const TodayLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('task'), key: z.string(), task: TodayTask }),
  z.object({
    type: z.literal('handed'),
    key: z.string(),
    task: TodayTask,
    by: Id,
    at: Instant,
    note: z.string().nullable(),
  }),
  z.object({
    type: z.literal('mention'),
    key: z.string(),
    /** Of the mention; the activity it stands in. */
    id: Id,
    activity_id: Id,
    by: Id.nullable(),
    at: Instant,
    /** The beginning of what was written. */
    text: z.string(),
    party: TodayParty.nullable(),
  }),
  z.object({
    type: z.literal('lead'),
    key: z.string(),
    id: Id,
    name: z.string(),
    company: z.string().nullable(),
    phone: z.string().nullable(),
    /** What they want, its beginning. */
    text: z.string().nullable(),
    source: z.string().nullable(),
    at: Instant,
    owner_id: Id.nullable(),
  }),
  z.object({
    type: z.literal('birthday'),
    key: z.string(),
    party: TodayParty,
    /** The day it is kept on: 30 Esfand is kept on the 29th of a common year. */
    day: Day,
    /** How old they become; null when the year is not known. */
    age: z.int().nullable(),
  }),
  z.object({
    type: z.literal('slipped'),
    key: z.string(),
    party: TodayParty,
    /** The day it slipped, and the last contact; null: never one. */
    since: Day,
    last_contact: Instant.nullable(),
    /** The usual days between contacts; null where there is no rhythm yet. */
    every: z.int().nullable(),
    owner_id: Id.nullable(),
  }),
])
export type TodayLine = z.infer<typeof TodayLine>

/** In the order of the page. */
export const TODAY_SECTIONS = ['handed', 'followups', 'calls', 'leads', 'birthdays', 'slipped'] as const

export const TodaySection = z.object({
  name: z.enum(TODAY_SECTIONS),
  /** The most important first; not more than asked for. */
  lines: z.array(TodayLine),
  count: Tally,
  /** How many of `count` wait since an earlier day, where that means something. */
  late: Tally.optional(),
})
export type TodaySection = z.infer<typeof TodaySection>

export const today = {
  /** The whole page at once, for the user who asks: what is theirs and what is nobody's. */
  page: procedure('customers.read')
    .input(
      z.object({
        /** The engine's own day when not given. */
        day: Day.optional(),
        /** Lines of a section. */
        limit: z.int().min(1).max(50).default(8),
      }),
    )
    .output(
      z.object({
        day: Day,
        /** Only those with something to do. */
        sections: z.array(TodaySection),
        /** Follow-ups and calls of today and earlier, what was handed over, new leads. */
        due: Tally,
        late: Tally,
        /** Closed by this user since midnight. */
        done: z.int(),
        /** The next day with something planned, when nothing is due any more. */
        next: z.object({ day: Day, count: Tally }).nullable(),
        /** Whether there is any customer at all. */
        has_customers: z.boolean(),
      }),
    ),
  /** A birthday greeting: a line in the timeline, and this year's birthday is done. */
  greet: procedure('notes.write')
    .input(z.object({ party_id: Id, how: z.enum(['call', 'message', 'in_person']) }))
    .output(Changed),
  /** «Not now»: a slipped customer does not count as slipped before that day. */
  putOff: procedure('customers.write')
    .input(z.object({ party_id: Id, until: Day }))
    .output(Changed),
}
