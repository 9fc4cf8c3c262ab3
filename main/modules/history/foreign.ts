import { FIELD_DELETED, KIND, tableByName } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { parse, valueIn } from './log.ts'

/** What came from other devices: the wire says what changed, not which deed it was. */
export const FOREIGN = 'sync.received'

interface Deeds {
  /** A new row; with `by` the verb ends with the value of that field. */
  put: string
  by?: string
  patch: string
  removed: string
  restored?: string
  /** Verbs by the value that this field gets. */
  status?: Readonly<Record<string, string>>
}

const of = (thing: string): Deeds => ({ put: `${thing}.add`, patch: `${thing}.update`, removed: `${thing}.remove` })
const CUSTOMER = { put: 'customers.update', patch: 'customers.update', removed: 'customers.update' }
const CHECK = { put: 'tasks.addCheck', patch: 'tasks.updateCheck', removed: 'tasks.removeCheck' }

/** By table, the first named being what a transaction is called after. */
const DEEDS: Readonly<Record<string, Deeds>> = {
  lead: { ...of('leads'), status: { working: 'leads.work', converted: 'leads.convert', discarded: 'leads.discard' } },
  activity: { ...of('activities'), by: 'kind' },
  task: { ...of('tasks'), status: { done: 'tasks.complete', dropped: 'tasks.drop', open: 'tasks.reopen' } },
  party: { ...of('customers'), restored: 'customers.restore' },
  party_channel: CUSTOMER,
  party_address: CUSTOMER,
  party_link: CUSTOMER,
  party_role: CUSTOMER,
  party_tag: CUSTOMER,
  party_distinct: { ...CUSTOMER, put: 'duplicates.distinct' },
  activity_party: { put: 'activities.update', patch: 'activities.update', removed: 'activities.update' },
  mention: { put: 'activities.update', patch: 'activities.seenMention', removed: 'activities.update' },
  task_check: CHECK,
  reminder: { put: 'tasks.update', patch: 'tasks.update', removed: 'tasks.update' },
  tag: of('customers.tags'),
  source: of('customers.sources'),
  list_item: { ...of('lists'), patch: 'lists.rename' },
  saved_view: { put: 'segments.addView', patch: 'segments.updateView', removed: 'segments.removeView' },
  user: { ...of('users'), restored: 'users.restore' },
  holiday: { put: 'calendar.addHoliday', patch: 'calendar.updateHoliday', removed: 'calendar.removeHoliday' },
  setting: {
    put: 'settings.updateBusiness',
    patch: 'settings.updateBusiness',
    removed: 'settings.updateBusiness',
  },
}

/** Tables whose changes from elsewhere a kind of the history's filter means: those whose deeds begin with it. */
export const tablesOfKind = (kind: string): number[] =>
  Object.entries(DEEDS).flatMap(([name, { put }]) =>
    put.startsWith(`${kind}.`) || (name === 'party_distinct' && kind === 'customers') ? [tableByName(name)!.id] : [],
  )

/** As many lines of a transaction are looked at to name it. */
const LOOKED_AT = 200

/** The verb that a transaction of another device would have had here, told from what it changed; FOREIGN where that cannot be told. */
export function deedOf(db: Db, tx: number): string {
  const lines = db
    .prepare(`SELECT tbl, kind, f FROM change WHERE tx = ? ORDER BY seq LIMIT ${LOOKED_AT}`)
    .all(tx) as Line[]
  const has = (name: string, kind?: number) => {
    const { id } = tableByName(name)!
    return lines.filter((line) => line.tbl === id && (kind === undefined || line.kind === kind)).length
  }
  if (has('user', KIND.put) && has('setting', KIND.put)) return 'setup.start'
  // A crowd that came in together, whatever came with it.
  if (has('party', KIND.put) > 3) return 'customers.add'
  // What was said of an activity already there does not name what else was done.
  const name = Object.keys(DEEDS).find((each) => has(each, each === 'activity' ? KIND.put : undefined) > 0)
  const found = name ?? (has('activity') ? 'activity' : undefined)
  return found === undefined ? FOREIGN : deedOn(found, lines)
}

type Line = { tbl: number; kind: number; f: string }

function deedOn(name: string, lines: readonly Line[]): string {
  const table = tableByName(name)!
  const deeds = DEEDS[name]!
  const own = lines.filter((line) => line.tbl === table.id)
  const idOf = (field: string) => table.fields.find((each) => each.name === field)?.id ?? -1
  const said = (kind: number, field: number) =>
    own.filter((line) => line.kind === kind).map((line) => valueIn(line, parse(line.f), field))
  const patched = (field: number) => said(KIND.patch, field).find((value) => value !== undefined)
  const status = deeds.status?.[String(patched(idOf('status')))]
  if (status !== undefined) return status
  if (own.some((line) => line.kind === KIND.put)) {
    const by = deeds.by && said(KIND.put, idOf(deeds.by))[0]
    return by ? `${deeds.put}.${by}` : deeds.put
  }
  const deleted = patched(FIELD_DELETED)
  if (deleted === 0) return deeds.restored ?? deeds.patch
  if (deleted === undefined) return deeds.patch
  return name === 'party' && patched(idOf('merged_into')) ? 'customers.merge' : deeds.removed
}

/** Customers that a transaction changed. */
export const countParties = (db: Db, tx: number): number =>
  (
    db
      .prepare('SELECT count(DISTINCT row) AS n FROM change WHERE tx = ? AND tbl = ?')
      .get(tx, tableByName('party')!.id) as {
      n: number
    }
  ).n
