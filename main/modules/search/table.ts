import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Records opened on this device, for the palette and for ranking. */
export const recent = sqliteTable('recent', {
  party_id: text('party_id').primaryKey(),
  at: integer('at').notNull(),
})
