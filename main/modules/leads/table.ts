import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** Somebody who asked and is no customer yet. */
export const lead = sqliteTable('lead', {
  ...synced,
  name: text('name').notNull(),
  company: text('company'),
  phone: text('phone'),
  e164: text('e164'),
  email: text('email'),
  city: text('city'),
  /** What they want. */
  body: text('body'),
  source_id: text('source_id'),
  owner_id: text('owner_id'),
  /** Who wrote it down. */
  user_id: text('user_id'),
  /** Epoch ms, when they asked. */
  at: integer('at').notNull(),
  status: text('status', { enum: ['new', 'working', 'converted', 'discarded'] })
    .notNull()
    .default('new'),
  closed_at: integer('closed_at'),
  /** list_item of the list 'lead_reason'. */
  reason_id: text('reason_id'),
  /** The customer it became. */
  party_id: text('party_id'),
})
