import type { SyncOpened } from '../../../shared/contract/sync.ts'
import { readHlc } from '../../../shared/sync/clock.ts'
import { FIELD_DELETED, FIELD_ID } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { isBirthmark } from '../../sync/fields.ts'
import { peerName } from '../../sync/peers.ts'
import { countOpened } from '../../sync/trays.ts'
import { nameOf } from '../history/names.ts'
import { PARTY_OF } from '../history/references.ts'
import { differing, type Entry, entryOf, heldOf, mayAnybody } from './opened.ts'
import { aboutRow, userName } from './told.ts'

/** As a person reads them, beside what stands in this book now. */
export function openedList(db: Db, limit: number): { items: SyncOpened[]; total: number } {
  const rows = db
    .prepare(
      "SELECT tbl, row FROM sync_opened WHERE state = 'waiting' GROUP BY row, tbl ORDER BY max(h) DESC, tbl, row LIMIT ?",
    )
    .all(limit) as { tbl: number; row: string }[]
  const items = rows.flatMap(({ tbl, row }) => {
    const entry = entryOf(db, tbl, row)
    return entry ? [tell(db, entry)] : []
  })
  return { items, total: countOpened(db) }
}

function tell(db: Db, entry: Entry): SyncOpened {
  const { tbl, row, shape, values } = entry
  const { spec } = shape
  const held = heldOf(db, entry)
  const about = aboutRow(db, spec, row)
  const fields = [...(held ? differing(held, entry) : values)].flatMap(([fid, value]) => {
    const field = shape.byId.get(fid)!.name
    if (!held && (value === null || fid === FIELD_DELETED || isBirthmark(fid))) return []
    const now = held?.[field] ?? null
    return [
      { field, value, name: nameOf(db, spec.name, field, value), now, now_name: nameOf(db, spec.name, field, now) },
    ]
  })
  return {
    id: `${tbl}:${row}`,
    at: readHlc(entry.h).ms,
    table: spec.name,
    row_id: row,
    ...about,
    party: about.party ?? partyOf(db, entry),
    of: held ? null : newPartyName(db, entry),
    is_new: !held,
    owners: !mayAnybody(tbl),
    user_name: userName(db, entry.user),
    device_name: peerName(db, entry.site),
    fields,
  }
}

/** Of a row that is not here yet: the customer it says it is of. */
function partyOf(db: Db, entry: Entry): SyncOpened['party'] {
  const id = partyIdOf(entry)
  const found = db.prepare('SELECT id, name FROM party WHERE id = ?').get(id ?? '')
  return (found as SyncOpened['party'] | undefined) ?? null
}

function partyIdOf({ shape, row, values }: Entry): string | null {
  const column = PARTY_OF[shape.spec.name]
  const field = shape.spec.fields.find(({ name }) => name === column)
  if (!field) return null
  return field.id === FIELD_ID ? row : ((values.get(field.id) as string | null | undefined) ?? null)
}

/** One that came in the same way and is in no book yet. */
function newPartyName(db: Db, entry: Entry): string | null {
  const id = partyIdOf(entry)
  const party = id === null ? null : entryOf(db, 1, id)
  if (!party) return null
  const named = party.shape.spec.fields.filter(({ name }) => ['first_name', 'last_name', 'company_name'].includes(name))
  return named.flatMap(({ id: fid }) => party.values.get(fid) ?? []).join(' ') || null
}
