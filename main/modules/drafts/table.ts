import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const draft = sqliteTable('draft', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
  at: integer('at').notNull(),
})
