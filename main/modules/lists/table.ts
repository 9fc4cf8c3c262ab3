import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** An entry of a list that a business edits; `list` says which. */
export const listItem = sqliteTable('list_item', {
  ...synced,
  list: text('list', { enum: ['outcome', 'lead_reason'] }).notNull(),
  name: text('name').notNull(),
  position: integer('position').notNull().default(0),
})
