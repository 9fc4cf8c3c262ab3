import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** What the business says of a day beside the computed holidays (shared/domain/holidays.ts). */
export const holiday = sqliteTable('holiday', {
  ...synced,
  /** ISO day. */
  date: text('date').notNull(),
  name: text('name').notNull(),
  /** off: nobody works; day: only named; hidden: the computed one of this name is wrong. */
  kind: text('kind', { enum: ['off', 'day', 'hidden'] }).notNull(),
})
