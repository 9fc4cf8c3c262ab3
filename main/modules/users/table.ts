import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

export const user = sqliteTable('user', {
  ...synced,
  name: text('name').notNull(),
  color: text('color'),
  role: text('role', { enum: ['owner', 'seller'] }).notNull(),
})
