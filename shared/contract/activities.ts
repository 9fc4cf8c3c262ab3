import { z } from 'zod'
import { ACTIVITY_KINDS, CHANNELS, DIRECTIONS, MOST_MINUTES } from '../domain/activity.ts'
import { tidy } from '../domain/persian-text.ts'
import { Changed, Id, Instant, procedure } from './base.ts'
import { FieldChange } from './history.ts'
import { TaskInput, TaskRow, taskRefusals } from './tasks.ts'

/** May be empty: a missed call needs no words. */
const Body = z.string().max(40_000).transform(tidy).pipe(z.string().max(20_000))
/** The years that the calendar knows: 1206 to 1498. */
const At = Instant.min(Date.parse('1827-03-22')).max(Date.parse('2120-03-20'))

/** A note, call, meeting, visit or message as people read it. */
export const Activity = z.object({
  id: Id,
  kind: z.enum(ACTIVITY_KINDS),
  /** Of a call in, out or missed, of a message in or out; else null. */
  direction: z.enum(DIRECTIONS).nullable(),
  /** Of a message. */
  channel: z.enum(CHANNELS).nullable(),
  /** From the list `outcome`; still readable when it was taken off the list. */
  outcome: z.object({ id: Id, name: z.string() }).nullable(),
  minutes: z.int().nullable(),
  body: z.string(),
  at: Instant,
  user_id: Id.nullable(),
  pinned: z.boolean(),
  /** The text was changed after it was written. */
  edited: z.boolean(),
  /** Everybody it was with, in the order they were named. */
  parties: z.array(z.object({ id: Id, name: z.string() })),
  /** Colleagues named in the text with @. */
  mentions: z.array(Id),
  /** The task that it did. */
  task_id: Id.nullable(),
})
export type Activity = z.infer<typeof Activity>

const Entry = z.object({ key: z.string(), at: Instant, user_id: Id.nullable() })

/** One entry of a party's timeline, newest first. Modules add kinds by declaration (`timeline` of the module object). */
export const TimelineEntry = z.discriminatedUnion('kind', [
  Entry.extend({ kind: z.enum(ACTIVITY_KINDS), activity: Activity }),
  /** A task that was done or dropped, at that moment. */
  Entry.extend({ kind: z.literal('task'), task: TaskRow }),
  Entry.extend({
    kind: z.literal('change'),
    change: z.int(),
    verb: z.string(),
    /** Of another device that it was done on. */
    device_name: z.string().nullable(),
    /** What changed, readable: see history.FieldChange. */
    fields: z.array(
      FieldChange.pick({ table: true, field: true, from: true, to: true, from_name: true, to_name: true }),
    ),
  }),
])
export type TimelineEntry = z.infer<typeof TimelineEntry>
export const TIMELINE_KINDS = [...ACTIVITY_KINDS, 'task', 'change'] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

export const ActivityFields = z.object({
  kind: z.enum(ACTIVITY_KINDS),
  direction: z.enum(DIRECTIONS).nullable().optional(),
  channel: z.enum(CHANNELS).nullable().optional(),
  outcome_id: Id.nullable().optional(),
  minutes: z.int().min(1).max(MOST_MINUTES).nullable().optional(),
  body: Body.default(''),
  /** Now when absent. */
  at: At.optional(),
  party_ids: z.array(Id).min(1).max(50),
})

const refusals = {
  /** A note without a word. */
  NOTHING_WRITTEN: { status: 422 },
  /** What is still to come is a task. */
  NOT_YET: { status: 422 },
} as const

export const activities = {
  timeline: procedure('customers.read')
    .input(
      z.object({
        party_id: Id,
        kinds: z.array(z.enum(TIMELINE_KINDS)).optional(),
        /** Only what holds these words; changes have none. */
        search: z.string().max(200).optional(),
        /** The `next` of the page before. */
        after: z.string().max(1000).optional(),
        limit: z.int().min(1).max(100).default(30),
      }),
    )
    .output(z.object({ entries: z.array(TimelineEntry), next: z.string().nullable() })),
  /**
   * Writes down what happened, with what comes next (a task about the first customer unless it names one) and the task that it did, in one
   * transaction: undo takes all of it back.
   */
  log: procedure('notes.write')
    .input(z.object({ activity: ActivityFields, followUp: TaskInput.optional(), done_task_id: Id.optional() }))
    .errors({ ...refusals, ...taskRefusals })
    .output(Changed.extend({ id: Id, task_id: Id.nullable() })),
  update: procedure('notes.write')
    .input(ActivityFields.partial().extend({ id: Id, body: Body.optional(), pinned: z.boolean().optional() }))
    .errors(refusals)
    .output(Changed),
  remove: procedure('notes.write')
    .input(z.object({ id: Id }))
    .output(Changed),
  /** Where colleagues named the asking user and he has not put it away, newest first. */
  mentions: procedure('customers.read').output(z.object({ activities: z.array(Activity), total: z.int() })),
  seenMention: procedure('notes.write')
    .input(z.object({ activity_id: Id }))
    .output(Changed),
}
