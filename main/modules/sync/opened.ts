import { can } from '../../../shared/domain/roles.ts'
import { FIELD_DELETED, FIELD_ID, KIND, tableById, tableByName } from '../../../shared/sync/manifest.ts'
import type { Value } from '../../../shared/sync/merge.ts'
import type { Db } from '../../db/open.ts'
import type { Tx } from '../../db/write.ts'
import { fitting, isBirthmark, type Shape, shapes } from '../../sync/fields.ts'
import type { Crypto } from '../../sync/parts.ts'
import type { Unsent } from '../../sync/unsent.ts'
import { PARTY_OF, REFERENCES } from '../history/references.ts'
import { permissionOf } from '../history/write-back.ts'
import type { Opened } from './sealed-file.ts'

/** All that sealed files said of one row, and nobody has decided about yet. */
export interface Entry {
  tbl: number
  row: string
  shape: Shape
  /** One of them made the row. */
  isPut: boolean
  /** The last of them. */
  h: number
  user: string | null
  site: string
  /** Part of this new row. */
  under: string | null
  /** What was said last of each field, as this book can take it. */
  values: Map<number, Value>
}

export type Held = Record<string, Value> & { pk: number }

type Place = Pick<Entry, 'tbl' | 'row'>

/** Keeps what a file told, once: what is known already, and what stands in this book as it was said, needs no decision. */
export function keepOpened(tx: Tx, crypto: Crypto, { texts }: Opened): { fresh: number; known: number } {
  const put = tx.db.prepare(
    'INSERT INTO sync_opened (id, tbl, row, kind, h, user, site, f) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const rows = new Map<string, Place>()
  let known = 0
  let fresh = 0
  for (const { site, changes } of texts) {
    for (const change of changes) {
      const { tbl, row, kind, h, user, f } = change
      const added = put.run(idOf(crypto, change), tbl, row, kind, h, user, site, JSON.stringify(f)).changes
      if (added === 0) known++
      else rows.set(`${tbl}:${row}`, { tbl, row })
      fresh += added
    }
  }
  const stood = settleStanding(tx, [...rows.values()])
  for (const place of rows.values()) putUnder(tx.db, place)
  return { fresh: fresh - stood, known: known + stood }
}

/** What stands in this book as it was said is nobody's question any more; gives how many changes that were. */
export function settleStanding(tx: Tx, places: readonly Place[]): number {
  let gone = 0
  for (const { tbl, row } of places) {
    if (isStanding(tx.db, tbl, row)) gone += settle(tx, { tbl, row }, 'taken')
  }
  tx.touched.add('sync')
  return gone
}

export const placesOf = (db: Db): Place[] =>
  db
    .prepare("SELECT tbl, row FROM sync_opened WHERE state = 'waiting' GROUP BY row, tbl ORDER BY min(h), tbl, row")
    .all() as Place[]

function putUnder(db: Db, { tbl, row }: Place): void {
  const entry = entryOf(db, tbl, row)
  if (!entry || heldOf(db, entry)) return
  const parent = parentsOf(entry).find((place) => {
    const waiting = place.row === row ? null : entryOf(db, place.tbl, place.row)
    return waiting && !heldOf(db, waiting)
  })
  if (parent)
    db.prepare("UPDATE sync_opened SET under = ? WHERE row = ? AND tbl = ? AND state = 'waiting'").run(
      parent.row,
      row,
      tbl,
    )
}

/** What a row hangs on, the customer first: a number on its customer, a reminder on its task. */
function parentsOf(entry: Entry): Place[] {
  const { name, fields } = entry.shape.spec
  const told = REFERENCES.filter((r) => r.table === name && r.part).flatMap((r): Place[] => {
    const id = entry.values.get(fields.find((field) => field.name === r.field)?.id ?? 0)
    return typeof id === 'string' ? [{ tbl: tableByName(r.to)!.id, row: id }] : []
  })
  const party = partyIdOf(entry)
  return party === null ? told : [{ tbl: tableByName('party')!.id, row: party }, ...told]
}

/** The customer a row says it is of. */
export function partyIdOf({ shape, row, values }: Entry): string | null {
  const column = PARTY_OF[shape.spec.name]
  const field = shape.spec.fields.find(({ name }) => name === column)
  if (!field) return null
  return field.id === FIELD_ID ? row : ((values.get(field.id) as string | null | undefined) ?? null)
}

/** Parts of a new row, and their parts, in the order they were made. */
export function partsUnder(db: Db, { row }: Place): Entry[] {
  const under = db.prepare(
    "SELECT tbl, row FROM sync_opened WHERE under = ? AND state = 'waiting' GROUP BY row, tbl ORDER BY min(h), tbl, row",
  )
  const out = new Map<string, Entry>()
  const rows = [row]
  for (const one of rows) {
    for (const place of under.all(one) as Place[]) {
      const entry = entryOf(db, place.tbl, place.row)
      if (!entry || out.has(`${place.tbl}:${place.row}`)) continue
      out.set(`${place.tbl}:${place.row}`, entry)
      rows.push(place.row)
    }
  }
  return [...out.values()]
}

const idOf = (crypto: Crypto, { tbl, row, kind, h, user, f }: Unsent): string =>
  crypto.sha256(JSON.stringify([tbl, row, kind, h, user, f])).slice(0, 32)

export function entryOf(db: Db, tbl: number, row: string): Entry | null {
  const shape = shapes(db).get(tbl)
  const lines = db
    .prepare(
      "SELECT kind, h, user, site, under, f FROM sync_opened WHERE row = ? AND tbl = ? AND state = 'waiting' ORDER BY h",
    )
    .all(row, tbl) as { kind: number; h: number; user: string | null; site: string; under: string | null; f: string }[]
  const last = lines.at(-1)
  if (!shape || !last) return null
  const isPut = lines.some(({ kind }) => kind === KIND.put)
  const values = new Map<number, Value>()
  // A member that is put in is in, whatever stood there before.
  if (isPut && shape.spec.kind === 'set') values.set(FIELD_DELETED, 0)
  for (const { f } of lines) {
    for (const [fid, [value]] of Object.entries(JSON.parse(f) as Unsent['f'])) {
      const field = shape.byId.get(Number(fid))
      const fits = field && field.id !== FIELD_ID ? fitting(shape, field, value) : undefined
      if (field && fits !== undefined) values.set(field.id, fits)
    }
  }
  return { tbl, row, shape, isPut, h: last.h, user: last.user, site: last.site, under: last.under, values }
}

export const heldOf = (db: Db, { shape, row }: Entry): Held | undefined =>
  db.prepare(`SELECT * FROM "${shape.spec.name}" WHERE id = ?`).get(row) as Held | undefined

/** Fields that are otherwise in this book. */
export const differing = (held: Held, { shape, values }: Entry): Map<number, Value> =>
  new Map([...values].filter(([fid, value]) => !isBirthmark(fid) && held[shape.byId.get(fid)!.name] !== value))

export function isStanding(db: Db, tbl: number, row: string): boolean {
  const entry = entryOf(db, tbl, row)
  const held = entry && heldOf(db, entry)
  return held !== undefined && held !== null && differing(held, entry!).size === 0
}

export const settle = ({ db }: Tx, { tbl, row }: Place, state: 'taken' | 'dropped'): number =>
  db.prepare("UPDATE sync_opened SET state = ? WHERE row = ? AND tbl = ? AND state = 'waiting'").run(state, row, tbl)
    .changes

/** Colleagues, settings: what a seller may not change is not taken in along with the rest, because anybody can have written a file. */
export const mayAnybody = (tbl: number): boolean => can('seller', permissionOf(tableById(tbl)?.name ?? ''))
