import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** What happened: a note, a call, a meeting, a visit or a message. What is planned is a task. */
export const activity = sqliteTable('activity', {
  ...synced,
  kind: text('kind').notNull(),
  body: text('body'),
  /** Epoch ms, and the same instant as a day in the business time zone for reports by day. */
  at: integer('at').notNull(),
  local_date: text('local_date').notNull(),
  user_id: text('user_id'),
  pinned: integer('pinned').notNull().default(0),
  /** in, out, missed of a call; in, out of a message. */
  direction: text('direction', { enum: ['in', 'out', 'missed'] }),
  /** Of a message: sms, whatsapp, letter… */
  channel: text('channel'),
  /** list_item of the list 'outcome'. */
  outcome_id: text('outcome_id'),
  /** How long it took. */
  minutes: integer('minutes'),
  /** The task that it did. */
  task_id: text('task_id'),
  /** What it was for, of its own kind. */
  occasion: text('occasion', { enum: ['birthday'] }),
})

export const activityParty = sqliteTable('activity_party', {
  ...synced,
  activity_id: text('activity_id').notNull(),
  party_id: text('party_id').notNull(),
  /** Copy of activity.at, so that a timeline pages by one index. Derived. */
  at: integer('at').notNull().default(0),
})

/** A colleague named in a text; id is UUIDv5(activity, user). */
export const mention = sqliteTable('mention', {
  ...synced,
  activity_id: text('activity_id').notNull(),
  user_id: text('user_id').notNull(),
  /** Epoch ms, when that colleague put it away. */
  seen_at: integer('seen_at'),
})
