import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** A note is an activity; calls, meetings, visits and messages join with their own issue. */
export const activity = sqliteTable('activity', {
  ...synced,
  kind: text('kind').notNull(),
  body: text('body'),
  /** Epoch ms, and the same instant as a day in the business time zone for reports by day. */
  at: integer('at').notNull(),
  local_date: text('local_date').notNull(),
  user_id: text('user_id'),
  pinned: integer('pinned').notNull().default(0),
})

export const activityParty = sqliteTable('activity_party', {
  ...synced,
  activity_id: text('activity_id').notNull(),
  party_id: text('party_id').notNull(),
  /** Copy of activity.at, so that a timeline pages by one index. Derived. */
  at: integer('at').notNull().default(0),
})
