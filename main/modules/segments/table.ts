import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

export const savedView = sqliteTable('saved_view', {
  ...synced,
  name: text('name').notNull(),
  /** JSON of ViewDefinition: one register, as in MODEL.md. */
  definition: text('definition').notNull(),
  position: integer('position').notNull().default(0),
})
