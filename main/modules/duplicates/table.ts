import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** Looks alike and is not the same. A set: id is UUIDv5 of the two ids in order (a_id < b_id). */
export const partyDistinct = sqliteTable('party_distinct', {
  ...synced,
  a_id: text('a_id').notNull(),
  b_id: text('b_id').notNull(),
})

/** Entered here and on another device, as it came out when both met; of this device. a_id < b_id. */
export const duplicateMet = sqliteTable('duplicate_met', {
  a_id: text('a_id').notNull(),
  b_id: text('b_id').notNull(),
})

/** What the last search found; of this device, made again by each search; and what met since. a_pk < b_pk; `reasons` as JSON. */
export const duplicatePair = sqliteTable('duplicate_pair', {
  a_pk: integer('a_pk').notNull(),
  b_pk: integer('b_pk').notNull(),
  score: integer('score').notNull(),
  reasons: text('reasons').notNull(),
})
