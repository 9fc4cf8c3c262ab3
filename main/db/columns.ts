import { integer, text } from 'drizzle-orm/sqlite-core'

/**
 * What every synced table begins with (MODEL.md). `pk` is local: search rowid, the log's row reference, paging tie-break; it never
 * leaves this file. `id` is the identity. `updated_at` is local and not captured in the change log.
 */
export const synced = {
  pk: integer('pk').primaryKey(),
  id: text('id').notNull(),
  created_at: integer('created_at').notNull(),
  updated_at: integer('updated_at').notNull(),
  deleted: integer('deleted').notNull().default(0),
}
