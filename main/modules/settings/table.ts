import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** Of the business, by key; id is UUIDv5('setting', key). The value is JSON. */
export const setting = sqliteTable('setting', {
  ...synced,
  key: text('key').notNull(),
  value: text('value').notNull(),
})

/** Of this device only: not synced, not captured. */
export const deviceSetting = sqliteTable('device_setting', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})
