import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { tidy } from '../domain/persian-text.ts'
import { Changed, Day, Id, Instant, line, optionalLine, procedure } from './base.ts'

/** todo: whatever is none of the others. What is planned here becomes an activity of the same kind when it has happened. */
export const TASK_KINDS = ['todo', 'call', 'meeting', 'visit', 'message'] as const
export const TASK_STATES = ['open', 'done', 'dropped'] as const
/** Parts of the list, in its order. week: after tomorrow until Friday. someday: without a day. done: closed ones, newest first. */
export const TASK_GROUPS = ['overdue', 'today', 'tomorrow', 'week', 'later', 'someday', 'done'] as const
export type TaskGroup = (typeof TASK_GROUPS)[number]
/** A count that stops here means «this many or more». */
export const COUNT_MOST = 1000

const DAY_MINUTES = 24 * 60
const Minute = z
  .int()
  .min(0)
  .max(DAY_MINUTES - 1)
const Priority = z.union([z.literal(0), z.literal(1), z.literal(2)])
/** Minutes before a task is due; half a year at most. */
const Before = z
  .int()
  .min(0)
  .max(183 * DAY_MINUTES)
const Text = z
  .string()
  .max(40_000)
  .nullable()
  .transform((s) => (s === null ? null : tidy(s) || null))
  .pipe(z.string().max(20_000).nullable())

/** One line of a list. */
export const TaskRow = z.object({
  id: Id,
  kind: z.enum(TASK_KINDS),
  title: z.string(),
  party: z.object({ id: Id, name: z.string() }).nullable(),
  /** null: nobody's; also when who had it was removed (then `owner_was` is that name). */
  owner_id: Id.nullable(),
  owner_was: z.string().nullable(),
  /** Does not come to the devices of who has it: only their own customers do, and this one is another's. */
  unseen: z.boolean(),
  due_date: Day.nullable(),
  due_minute: Minute.nullable(),
  minutes: z.int().nullable(),
  priority: Priority,
  status: z.enum(TASK_STATES),
  closed_at: Instant.nullable(),
  rule: z.string().nullable(),
  has_body: z.boolean(),
  checks: z.int(),
  checks_done: z.int(),
  /** When it rings next, or rang last; null: it does not. */
  rings_at: Instant.nullable(),
  handed_by: Id.nullable(),
  handed_note: z.string().nullable(),
  handed_seen: z.boolean(),
})
export type TaskRow = z.infer<typeof TaskRow>

export const TaskCheck = z.object({ id: Id, text: z.string(), done: z.boolean() })
export const TaskReminder = z.object({
  id: Id,
  before: z.int(),
  snoozed_at: Instant.nullable(),
  at: Instant.nullable(),
})
export const Task = TaskRow.extend({
  body: z.string().nullable(),
  user_id: Id.nullable(),
  closed_by: Id.nullable(),
  series_id: Id.nullable(),
  handed_at: Instant.nullable(),
  created_at: Instant,
  deleted: z.boolean(),
  check_list: z.array(TaskCheck),
  reminders: z.array(TaskReminder),
})
export type Task = z.infer<typeof Task>

const Fields = z.object({
  kind: z.enum(TASK_KINDS),
  title: line(500),
  body: Text,
  party_id: Id.nullable(),
  owner_id: Id.nullable(),
  due_date: Day.nullable(),
  due_minute: Minute.nullable(),
  minutes: z
    .int()
    .min(1)
    .max(7 * DAY_MINUTES)
    .nullable(),
  priority: Priority,
  /** As shared/domain/recurrence.ts writes it. */
  rule: z.string().max(200).nullable(),
})
export const TaskPatch = Fields.partial()
export type TaskPatch = z.infer<typeof TaskPatch>
export const TaskInput = TaskPatch.extend({
  title: Fields.shape.title,
  check_list: z.array(line(500)).max(200).optional(),
  /** When absent, a task with a time rings at its time. */
  reminders: z.array(Before).max(20).optional(),
})
export type TaskInput = z.infer<typeof TaskInput>
/** What the form does besides fields, so that one save is one change. */
export const TaskParts = z.object({
  checks: z
    .object({
      add: z.array(line(500)).max(200),
      set: z.array(z.object({ id: Id, text: line(500).optional(), done: z.boolean().optional() })).max(200),
      remove: z.array(Id).max(200),
    })
    .partial(),
  /** By their minutes before. */
  reminders: z.object({ add: z.array(Before).max(20), remove: z.array(z.int()).max(20) }).partial(),
})

export const TaskFilter = z.object({
  /** mine: of who asks. nobody: without an owner, or of a removed one. */
  owner: z.union([z.enum(['mine', 'all', 'nobody']), z.object({ id: Id })]).default('mine'),
  kind: z.enum(TASK_KINDS).optional(),
  priority: Priority.optional(),
  /** Part of the title or of the customer's name. */
  text: optionalLine(200).optional(),
})
export type TaskFilter = z.input<typeof TaskFilter>

const Page = z.object({ rows: z.array(TaskRow), next: z.string().nullable() })
const Limit = z.int().min(1).max(200)

/** A reminder whose time has come. */
export const Ring = z.object({
  reminder_id: Id,
  at: Instant,
  task_id: Id,
  title: z.string(),
  kind: z.enum(TASK_KINDS),
  party: z.object({ id: Id, name: z.string() }).nullable(),
  due_date: Day.nullable(),
  due_minute: Minute.nullable(),
})
export type Ring = z.infer<typeof Ring>
export const Rings = z.object({
  rings: z.array(Ring),
  /** Those whose time went by while the program or the PC was off: as one. `rings`: the newest. */
  missed: z.object({ until: Instant, total: z.int(), rings: z.array(Ring) }).nullable(),
})
export type Rings = z.infer<typeof Rings>

/** Why a task cannot be as it is wished. */
export const taskRefusals = {
  DATE_OUT_OF_RANGE: { status: 422 },
  OWNER_UNKNOWN: { status: 422 },
  RULE_NOT_UNDERSTOOD: { status: 422 },
  RULE_NEVER: { status: 422 },
} as const

export const tasks = {
  /** All groups of open tasks with their first rows, in one round trip. */
  groups: procedure('customers.read')
    .input(TaskFilter.extend({ limit: Limit.default(30) }))
    .output(
      z.object({
        today: Day,
        groups: z.array(Page.extend({ group: z.enum(TASK_GROUPS), count: z.int().max(COUNT_MOST) })),
        /** Open tasks without an owner, whatever the filter. */
        nobodys: z.int().max(COUNT_MOST),
      }),
    ),
  page: procedure('customers.read')
    .input(
      TaskFilter.extend({
        group: z.enum(TASK_GROUPS),
        after: z.string().max(200).optional(),
        limit: Limit.default(50),
      }),
    )
    .output(Page),
  /** Of one customer: the next steps, soonest first, those without a day last. */
  ofParty: procedure('customers.read')
    .input(z.object({ party_id: Id, limit: Limit.default(50) }))
    .output(z.object({ rows: z.array(TaskRow), count: z.int() })),
  rows: procedure('customers.read')
    .input(z.object({ ids: z.array(Id).max(200) }))
    .output(z.array(TaskRow)),
  get: procedure('customers.read')
    .input(z.object({ id: Id }))
    .output(Task),
  add: procedure('tasks.write')
    .input(TaskInput)
    .errors(taskRefusals)
    .output(Changed.extend({ id: Id })),
  /** Only the fields given are written, so what another window changed stays. */
  update: procedure('tasks.write')
    .input(TaskParts.partial().extend({ id: Id, patch: TaskPatch }))
    .errors(taskRefusals)
    .output(Changed),
  /** `next`: what a recurring one made. A task that is closed already stays as it is (change null). */
  complete: procedure('tasks.write')
    .input(z.object({ id: Id }))
    .output(Changed.extend({ next: z.object({ id: Id, due_date: Day }).nullable() })),
  /** Will not be done. A recurring one goes on with its next day. */
  drop: procedure('tasks.write')
    .input(z.object({ id: Id }))
    .output(Changed.extend({ next: z.object({ id: Id, due_date: Day }).nullable() })),
  reopen: procedure('tasks.write')
    .input(z.object({ id: Id }))
    .output(Changed),
  remove: procedure('tasks.write')
    .input(z.object({ ids: z.array(Id).min(1).max(1000) }))
    .output(Changed),
  /** To another day; `due_minute` absent: at the same time. */
  move: procedure('tasks.write')
    .input(z.object({ id: Id, due_date: Day.nullable(), due_minute: Minute.nullable().optional() }))
    .errors(taskRefusals)
    .output(Changed),
  /** Rings again after some minutes or at a day and time; put off to a later day, the task itself goes to that day. */
  snooze: procedure('tasks.write')
    .input(
      z.object({
        id: Id,
        until: z.union([
          z.object({ minutes: z.int().min(1).max(DAY_MINUTES) }),
          z.object({ date: Day, minute: Minute.nullable() }),
        ]),
      }),
    )
    .errors(taskRefusals)
    .output(Changed.extend({ at: Instant })),
  handOver: procedure('tasks.write')
    .input(z.object({ id: Id, owner_id: Id, note: optionalLine(1000).optional() }))
    .errors(taskRefusals)
    .output(Changed),
  /** Makes these mine. */
  take: procedure('tasks.write')
    .input(z.object({ ids: z.array(Id).min(1).max(1000) }))
    .output(Changed),
  /** What a colleague handed over was seen by who has it now. */
  seen: procedure('tasks.write')
    .input(z.object({ ids: z.array(Id).min(1).max(1000) }))
    .output(Changed),
  checks: {
    add: procedure('tasks.write')
      .input(z.object({ task_id: Id, text: line(500) }))
      .output(Changed.extend({ id: Id })),
    update: procedure('tasks.write')
      .input(z.object({ id: Id, text: line(500).optional(), done: z.boolean().optional() }))
      .output(Changed),
    remove: procedure('tasks.write')
      .input(z.object({ id: Id }))
      .output(Changed),
    /** In this order; those not named come after. */
    arrange: procedure('tasks.write')
      .input(z.object({ task_id: Id, ids: z.array(Id).max(500) }))
      .output(Changed),
  },
  /**
   * What rings now for who asks (own tasks and nobody's), as long as the call is open. Every window hears the same; the one that wins `claimRing`
   * shows it.
   */
  reminders: procedure('customers.read').output(eventIterator(Rings)),
  /** Which of these this window shall show: each is given away once as long as the program runs. */
  claimRing: procedure('customers.read')
    .input(
      z.object({
        rings: z.array(z.object({ reminder_id: Id, at: Instant })).max(200),
        missed_until: Instant.nullable().default(null),
      }),
    )
    .output(z.object({ rings: z.array(Id), missed: z.boolean() })),
  /** The cards of these tasks, or of what was missed, were closed. What is not answered rings again when the program is started anew. */
  answerRings: procedure('customers.read')
    .input(z.object({ task_ids: z.array(Id).max(200).default([]), missed_until: Instant.nullable().default(null) }))
    .output(z.object({})),
  /** A notification of the system, where the host shows some (the desktop); pressing it opens the task, or the list of them. */
  notify: procedure('customers.read')
    .input(z.object({ title: z.string().max(500), body: z.string().max(1000), task_id: Id.nullable() }))
    .output(z.object({ shown: z.boolean() })),
}
