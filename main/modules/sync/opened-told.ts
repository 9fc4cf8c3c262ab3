import type { SyncOpened } from '../../../shared/contract/sync.ts'
import { readHlc } from '../../../shared/sync/clock.ts'
import { FIELD_DELETED } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { isBirthmark } from '../../sync/fields.ts'
import { peerName } from '../../sync/peers.ts'
import { countOpened } from '../../sync/trays.ts'
import { fieldName, nameOf } from '../history/names.ts'
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
  const parts = partsUnder(db, entry)
  const about = aboutRow(db, shape.spec, row)
  return {
    id: `${tbl}:${row}`,
    at: readHlc(entry.h).ms,
    table: shape.spec.name,
    row_id: row,
    party: about.party ?? partyOf(db, [entry, ...parts]),
    called: held ? about.called : nameSaid(entry),
    is_new: !held,
    owners: !mayAnybody(tbl),
    user_name: userName(db, entry.user),
    device_name: peerName(db, entry.site),
    fields: fieldsOf(db, entry, held),
    parts: parts.map((part) => ({
      table: part.shape.spec.name,
      row_id: part.row,
      fields: fieldsOf(db, part, heldOf(db, part)),
    })),
  }
}

/** What a new customer is called. */
function nameSaid({ shape, values }: Entry): string | null {
  const parts = shape.spec.name === 'party' ? ['first_name', 'last_name', 'company_name'] : []
  const said = shape.spec.fields.filter(({ name }) => parts.includes(name)).flatMap(({ id }) => values.get(id) ?? [])
  return said.join(' ') || null
}

function fieldsOf(db: Db, entry: Entry, held: Held | undefined): SyncOpened['fields'] {
  const { shape, values } = entry
  const table = shape.spec.name
  return [...(held ? differing(held, entry) : values)].flatMap(([fid, value]) => {
    const field = shape.byId.get(fid)!.name
    // What stands in a new row anyway is not worth a line.
    const isUsual = value === (shape.needed.get(fid) ?? null)
    if (!held && (isUsual || fid === FIELD_DELETED || isBirthmark(fid))) return []
    const now = held?.[field] ?? null
    const called = fieldName(db, table, entry.row, field)
    return [
      { field: called, value, name: nameOf(db, table, field, value), now, now_name: nameOf(db, table, field, now) },
    ]
  })
}

/** Of rows that are not here yet: the customer they say they are of. */
function partyOf(db: Db, entries: readonly Entry[]): SyncOpened['party'] {
  const find = db.prepare('SELECT id, name FROM party WHERE id = ?')
  const found = entries.flatMap((entry) => find.get(partyIdOf(entry) ?? '') ?? [])
  return (found[0] as SyncOpened['party'] | undefined) ?? null
}
