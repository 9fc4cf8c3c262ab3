import type { QueryKey } from '@tanstack/react-query'
import { rpc } from './client.ts'

/** Customers entered in two places, and how many they are. */
const metReads: QueryKey[] = [rpc.sync.met.key(), rpc.sync.status.key()]

/** Queries that show names, tags, sources or owners of customers. */
const customerReads: QueryKey[] = [
  rpc.customers.page.key(),
  rpc.customers.count.key(),
  rpc.customers.get.key(),
  rpc.customers.rows.key(),
  rpc.customers.duplicates.key(),
  rpc.duplicates.page.key(),
  ...metReads,
  rpc.activities.timeline.key(),
  rpc.search.key(),
  rpc.setup.sample.key(),
  rpc.today.key(),
  rpc.calendar.range.key(),
  rpc.leads.page.key(),
  rpc.leads.get.key(),
  rpc.leads.matches.key(),
]

/** Which answers of the engine read a table; a change of the table makes just these be asked again. */
export const READERS: Readonly<Record<string, readonly QueryKey[]>> = {
  party: [...customerReads, rpc.tasks.key()],
  party_channel: customerReads,
  party_address: customerReads,
  party_link: customerReads,
  party_role: customerReads,
  party_tag: [...customerReads, rpc.customers.tags.key()],
  tag: [...customerReads, rpc.customers.tags.key()],
  source: [...customerReads, rpc.leads.sources.key(), rpc.customers.sources.key()],
  activity: [rpc.activities.key(), rpc.lists.uses.key(), rpc.search.key(), rpc.today.key(), rpc.calendar.range.key()],
  activity_party: [rpc.activities.key(), rpc.search.key(), rpc.today.key(), rpc.calendar.range.key()],
  list_item: [rpc.lists.key(), rpc.leads.page.key(), rpc.leads.get.key(), rpc.activities.key()],
  mention: [rpc.activities.key(), rpc.today.key()],
  task: [...customerReads, rpc.tasks.key()],
  task_check: [rpc.tasks.key()],
  reminder: [rpc.tasks.key()],
  lead: [rpc.leads.key(), rpc.lists.uses.key(), rpc.today.key()],
  holiday: [rpc.calendar.key()],
  saved_view: [rpc.segments.key()],
  user: [rpc.users.key(), rpc.tasks.key(), rpc.system.status.key(), rpc.today.key(), rpc.calendar.range.key()],
  user_pin: [rpc.users.key(), rpc.system.status.key()],
  // Who works at this PC, or that it is locked.
  seat: [rpc.users.people.key(), rpc.system.status.key()],
  setting: [rpc.settings.business.key(), rpc.system.status.key()],
  device_setting: [rpc.settings.device.key()],
  recent: [rpc.search.recent.key()],
  batch: [rpc.imports.list.key(), rpc.customers.bulkRun.key(), rpc.setup.sample.key()],
  backups: [rpc.backups.key()],
  batch_problem: [rpc.imports.problems.key()],
  party_distinct: [rpc.duplicates.page.key(), ...metReads],
  duplicate_pair: [rpc.duplicates.key()],
  duplicate_met: metReads,
  // Not the devices: those are asked of the server.
  sync: [rpc.sync.status.key(), rpc.sync.conflicts.key(), rpc.sync.parked.key(), rpc.sync.sealed.key()],
}

/** What reads the change log itself: stale after any change that was logged. */
const historyReads: QueryKey[] = [rpc.history.key(), rpc.system.data.key()]

/** Tables of one device only; writing them leaves no trace in the history. */
const LOCAL = new Set([
  'device_setting',
  'user_pin',
  'seat',
  'recent',
  'draft',
  'backups',
  'batch',
  'batch_problem',
  'duplicate_met',
  'duplicate_pair',
  'sync',
])

/** The query keys to ask again after these tables changed; null when a table is unknown here and everything has to be. */
export function readersOf(tables: readonly string[]): QueryKey[] | null {
  const keys = new Map<string, QueryKey>()
  const add = (key: QueryKey) => keys.set(JSON.stringify(key), key)
  for (const table of tables) {
    if (table === 'draft') continue
    const readers = READERS[table]
    if (!readers) return null
    for (const key of readers) add(key)
    if (!LOCAL.has(table)) for (const key of historyReads) add(key)
  }
  return [...keys.values()]
}
