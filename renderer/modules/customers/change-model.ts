import type { TimelineEntry } from '../../../shared/contract/activities.ts'

export type ChangeItem = Extract<TimelineEntry, { kind: 'change' }>
type Field = ChangeItem['fields'][number]

/** Columns that only hold rows together; people are told about the rest. */
const SILENT = new Set(['party_id', 'position', 'e164', 'key', 'created_at', 'activity_id', 'local_date', 'at'])
/** Where one field of a row says enough, the others of the same row are left out. */
const KIND_OF_ROW: Record<string, string> = { party_channel: 'value', party_role: 'role', party_tag: 'tag_id' }
/** The field that says what a row is about: it names the row where it was taken out or brought back. */
const MAIN: Record<string, string> = {
  ...KIND_OF_ROW,
  party_address: 'address',
  party_link: 'to_id',
  tag: 'name',
  source: 'name',
  saved_view: 'name',
  activity: 'body',
}
/** What a customer at the counter must not read. */
const SECRET = new Set([
  'party.credit_limit',
  'party.blacklisted',
  'party.blacklist_reason',
  'party_tag.tag_id',
  'party_tag.deleted',
  'party.about',
  'activity.body',
  'activity.outcome_id',
  'activity.deleted',
  'task.title',
  'task.body',
  'task.handed_note',
  'task_check.text',
  'lead.body',
  'lead.reason_id',
])

const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || value === 0

/** The fields of a change worth reading, in order; in counter mode without labels, credit, blacklist and what was written. */
export function readableFields(fields: readonly Field[], isCounter: boolean): Field[] {
  return fields.filter(({ table, field, from, to }) => {
    if (SILENT.has(field)) return false
    if (isCounter && SECRET.has(`${table}.${field}`)) return false
    if (isEmpty(from) && isEmpty(to)) return false
    const main = KIND_OF_ROW[table]
    // A new phone is told by its number; a change of its type alone still is one.
    if (main && field !== main && field !== 'deleted' && isEmpty(from)) return false
    return JSON.stringify(from) !== JSON.stringify(to)
  })
}

/**
 * A field of a row taken out or brought back, told by what it was: «tag: wholesale» instead of «deleted: yes». Null for other fields, and
 * where nobody knows any more what it was.
 */
export function asMember<T extends Pick<Field, 'table' | 'field' | 'from_name' | 'to_name'>>(change: T): T | null {
  const { table, field, from_name, to_name } = change
  const main = MAIN[table]
  if (field !== 'deleted' || !main || (from_name === null && to_name === null)) return null
  return { ...change, field: main, from: from_name, to: to_name }
}

/** Was the customer itself put in by this change? Its kind is written once, with the record; then one word says it. */
export const isCreation = ({ fields }: ChangeItem) =>
  fields.some(({ table, field, from, to }) => table === 'party' && field === 'kind' && isEmpty(from) && !isEmpty(to))
