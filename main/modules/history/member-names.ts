import { FIELD_DELETED, type FieldSpec, type TableSpec } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { valueBefore } from './log.ts'
import { nameOf } from './names.ts'

/** What a row is called by where it is put in or taken out as a whole; the first of these that is filled. */
const CALLED_BY: Readonly<Record<string, readonly string[]>> = {
  party_channel: ['value'],
  party_address: ['address', 'city', 'province', 'postal_code'],
  party_link: ['to_id'],
  party_role: ['role'],
  party_tag: ['tag_id'],
  party_distinct: ['b_id'],
  tag: ['name'],
  source: ['name'],
  saved_view: ['name'],
  activity: ['body'],
}
const LONGEST = 200

export interface Names {
  from_name: string | null
  to_name: string | null
}

/**
 * Readable names of a value before and after. Where a row was taken out or brought back, its own: the tag, the person at the far end, the
 * number as written, the role by its code; as it was just before place `seq` of the log.
 */
export function namesAt(
  db: Db,
  table: TableSpec,
  line: { row: number; seq: number },
  field: FieldSpec,
  from: unknown,
  to: unknown,
): Names {
  if (field.id !== FIELD_DELETED)
    return { from_name: nameOf(db, table.name, field.name, from), to_name: nameOf(db, table.name, field.name, to) }
  const name = memberAt(db, table, line)
  return { from_name: from === 1 ? null : name, to_name: to === 1 ? null : name }
}

/** What the row is called by, just before place `seq` of the log; null where nobody knows. */
export function memberAt(db: Db, table: TableSpec, { row, seq }: { row: number; seq: number }): string | null {
  for (const name of CALLED_BY[table.name] ?? []) {
    const field = table.fields.find((f) => f.name === name)
    const value = field && valueBefore(db, table.id, row, seq, field.id)
    if (typeof value === 'string' && value !== '')
      return (nameOf(db, table.name, name, value) ?? value).slice(0, LONGEST)
  }
  return null
}
