import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { synced } from '../../db/columns.ts'

/** One table for customers, suppliers, partners and staff, people and companies, so that a supplier who buys is one record. */
export const party = sqliteTable('party', {
  ...synced,
  kind: text('kind', { enum: ['person', 'company'] }).notNull(),
  title: text('title'),
  first_name: text('first_name'),
  last_name: text('last_name'),
  company_name: text('company_name'),
  national_id: text('national_id'),
  company_id: text('company_id'),
  economic_code: text('economic_code'),
  registration_number: text('registration_number'),
  sheba: text('sheba'),
  card_number: text('card_number'),
  birth_jy: integer('birth_jy'),
  birth_jm: integer('birth_jm'),
  birth_jd: integer('birth_jd'),
  credit_limit: integer('credit_limit'),
  blacklisted: integer('blacklisted').notNull().default(0),
  blacklist_reason: text('blacklist_reason'),
  about: text('about'),
  source_id: text('source_id'),
  owner_id: text('owner_id'),
  merged_into: text('merged_into'),
  // Derived by customers/derive.ts in the same transaction; not captured, rebuilt by rebuildDerived().
  name: text('name').notNull().default(''),
  name_sort: text('name_sort').notNull().default(''),
  city: text('city'),
  province: text('province'),
  city_sort: text('city_sort').notNull().default(''),
  /** National digits of all phones, joined by spaces: the recheck of a search by five or more digits. */
  phones: text('phones').notNull().default(''),
  // Derived by contact-dates.ts, from activities and tasks.
  /** Epoch ms of the last meeting, visit, message or answered call. */
  last_contact: integer('last_contact'),
  /** ISO day of the next open task. */
  next_contact: text('next_contact'),
  /** ISO day from which the customer counts as slipped; null while something is planned. */
  slips_on: text('slips_on'),
  // Not derived.
  /** ISO day before which it does not count as slipped, put off by somebody. */
  quiet_until: text('quiet_until'),
})

export const partyChannel = sqliteTable('party_channel', {
  ...synced,
  party_id: text('party_id').notNull(),
  kind: text('kind', { enum: ['phone', 'email', 'link'] }).notNull(),
  type: text('type').notNull(),
  value: text('value').notNull(),
  e164: text('e164'),
  position: integer('position').notNull().default(0),
  /** Derived: the national digits of a phone, the lower-cased address of an e-mail. For «exists already?». */
  key: text('key').notNull().default(''),
})

export const partyAddress = sqliteTable('party_address', {
  ...synced,
  party_id: text('party_id').notNull(),
  type: text('type').notNull(),
  province: text('province'),
  city: text('city'),
  address: text('address'),
  postal_code: text('postal_code'),
  position: integer('position').notNull().default(0),
})

export const partyLink = sqliteTable('party_link', {
  ...synced,
  from_id: text('from_id').notNull(),
  to_id: text('to_id').notNull(),
  kind: text('kind', { enum: ['works_at', 'refers', 'decides_for', 'family'] }).notNull(),
  role: text('role'),
  position: integer('position').notNull().default(0),
})

/** A set: id is UUIDv5(party, role), so two devices that add the same role make the same row. */
export const partyRole = sqliteTable('party_role', {
  ...synced,
  party_id: text('party_id').notNull(),
  role: text('role').notNull(),
})

/** A tag, or a group (the few named circles a shop sorts its customers into). */
export const tag = sqliteTable('tag', {
  ...synced,
  name: text('name').notNull(),
  color: text('color'),
  kind: text('kind', { enum: ['tag', 'group'] })
    .notNull()
    .default('tag'),
})

/** A set: id is UUIDv5(party, tag). */
export const partyTag = sqliteTable('party_tag', {
  ...synced,
  party_id: text('party_id').notNull(),
  tag_id: text('tag_id').notNull(),
})

export const source = sqliteTable('source', {
  ...synced,
  name: text('name').notNull(),
  position: integer('position').notNull().default(0),
})
