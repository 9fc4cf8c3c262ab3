import type { SyncOpened } from '../../../shared/contract/sync.ts'
import { readHlc } from '../../../shared/sync/clock.ts'
import { FIELD_DELETED } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { isBirthmark } from '../../sync/fields.ts'
import { peerName } from '../../sync/peers.ts'
import { countOpened } from '../../sync/trays.ts'
import { nameOf } from '../history/names.ts'
import { differing, type Entry, entryOf, type Held, heldOf, mayAnybody, partsUnder, partyIdOf } from './opened.ts'
import { aboutRow, userName } from './told.ts'

/** As a person reads them, beside what stands in this book now. */
export function openedList(db: Db, limit: number): { items: SyncOpened[]; total: number } {
  const rows = db
    .prepare(
      "SELECT tbl, row FROM sync_opened WHERE state = 'waiting' AND under IS NULL GROUP BY row, tbl ORDER BY max(h) DESC, tbl, row LIMIT ?",
    )
    .all(limit) as { tbl: number; row: string }[]
  const items = rows.flatMap(({ tbl, row }) => {
    const entry = entryOf(db, tbl, row)
    return entry ? [tell(db, entry)] : []
  })
  return { items, total: countOpened(db) }
}

function tell(db: Db, entry: Entry): SyncOpened {
  const { tbl, row, shape } = entry
  const held = heldOf(db, entry)
  const about = aboutRow(db, shape.spec, row)
  return {
    id: `${tbl}:${row}`,
    at: readHlc(entry.h).ms,
    table: shape.spec.name,
    row_id: row,
    ...about,
    party: about.party ?? partyOf(db, entry),
    is_new: !held,
    owners: !mayAnybody(tbl),
    user_name: userName(db, entry.user),
    device_name: peerName(db, entry.site),
    fields: fieldsOf(db, entry, held),
    parts: partsUnder(db, entry).map((part) => ({
      table: part.shape.spec.name,
      row_id: part.row,
      fields: fieldsOf(db, part, heldOf(db, part)),
    })),
  }
}

function fieldsOf(db: Db, entry: Entry, held: Held | undefined): SyncOpened['fields'] {
  const { shape, values } = entry
  const table = shape.spec.name
  return [...(held ? differing(held, entry) : values)].flatMap(([fid, value]) => {
    const field = shape.byId.get(fid)!.name
    if (!held && (value === null || fid === FIELD_DELETED || isBirthmark(fid))) return []
    const now = held?.[field] ?? null
    return [{ field, value, name: nameOf(db, table, field, value), now, now_name: nameOf(db, table, field, now) }]
  })
}

/** Of a row that is not here yet: the customer it says it is of. */
function partyOf(db: Db, entry: Entry): SyncOpened['party'] {
  const found = db.prepare('SELECT id, name FROM party WHERE id = ?').get(partyIdOf(entry) ?? '')
  return (found as SyncOpened['party'] | undefined) ?? null
}
