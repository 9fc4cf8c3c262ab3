import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** What is to be done, for a customer or not. A planned call or meeting is a task; what happened is an activity. */
export const task = sqliteTable('task', {
  ...synced,
  kind: text('kind', { enum: ['todo', 'call', 'meeting', 'visit', 'message'] }).notNull(),
  title: text('title').notNull(),
  body: text('body'),
  party_id: text('party_id'),
  owner_id: text('owner_id'),
  /** Who made it. */
  user_id: text('user_id'),
  /** ISO day; null: some day. */
  due_date: text('due_date'),
  /** Minute of the day in the business time zone; null: any time of it. */
  due_minute: integer('due_minute'),
  /** Planned length. */
  minutes: integer('minutes'),
  /** 0 low, 1 normal, 2 high. */
  priority: integer('priority').notNull().default(1),
  status: text('status', { enum: ['open', 'done', 'dropped'] })
    .notNull()
    .default('open'),
  closed_at: integer('closed_at'),
  closed_by: text('closed_by'),
  /** Recurrence, see shared/domain/recurrence.ts. */
  rule: text('rule'),
  /** The first task of a recurring one. */
  series_id: text('series_id'),
  /** ISO day of the rule that this one stands for, wherever it was moved since; null: its own day. */
  rule_date: text('rule_date'),
  handed_by: text('handed_by'),
  handed_at: integer('handed_at'),
  handed_note: text('handed_note'),
  handed_seen_at: integer('handed_seen_at'),
})

export const taskCheck = sqliteTable('task_check', {
  ...synced,
  task_id: text('task_id').notNull(),
  text: text('text').notNull(),
  done: integer('done').notNull().default(0),
  position: integer('position').notNull().default(0),
})

export const reminder = sqliteTable('reminder', {
  ...synced,
  task_id: text('task_id').notNull(),
  /** Minutes before the task is due. */
  before: integer('before').notNull(),
  /** Epoch ms; put off to then. */
  snoozed_at: integer('snoozed_at'),
  /** Derived: epoch ms when it rings; null when it does not (closed, no day). */
  at: integer('at'),
})

/** What rang on this device, for which time. Local. */
export const reminderFired = sqliteTable('reminder_fired', {
  reminder_id: text('reminder_id').primaryKey(),
  at: integer('at').notNull(),
  fired_at: integer('fired_at').notNull(),
})
