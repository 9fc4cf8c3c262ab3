import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

export const user = sqliteTable('user', {
  ...synced,
  name: text('name').notNull(),
  color: text('color'),
  role: text('role', { enum: ['owner', 'seller'] }).notNull(),
  /** Which customers come to their devices, as owners' devices tell from the server (main/modules/sync/divide.ts); null: all. For forms: the server decides. */
  share: text('share', { enum: ['own'] }),
})

/** Local to this PC: a PIN is short enough to be guessed from any copy that leaves it. */
export const userPin = sqliteTable('user_pin', {
  user_id: text('user_id').primaryKey(),
  /** Hex; scrypt. */
  salt: text('salt').notNull(),
  hash: text('hash').notNull(),
  /** Wrong ones in a row, and epoch ms before which none is looked at. */
  misses: integer('misses').notNull().default(0),
  wait_until: integer('wait_until'),
})
