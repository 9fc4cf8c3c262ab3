import { can } from '../../../shared/domain/roles.ts'
import { FIELD_DELETED, FIELD_ID, KIND, tableById } from '../../../shared/sync/manifest.ts'
import type { Value } from '../../../shared/sync/merge.ts'
import type { Db } from '../../db/open.ts'
import type { Tx } from '../../db/write.ts'
import { fitting, isBirthmark, type Shape, shapes } from '../../sync/fields.ts'
import type { Crypto } from '../../sync/parts.ts'
import type { Unsent } from '../../sync/unsent.ts'
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
  /** What was said last of each field, as this book can take it. */
  values: Map<number, Value>
}

export type Held = Record<string, Value> & { pk: number }

/** Keeps what a file told, once: what is known already, and what stands in this book as it was said, needs no decision. */
export function keepOpened(tx: Tx, crypto: Crypto, { texts }: Opened): { fresh: number; known: number } {
  const { db } = tx
  const put = db.prepare(
    'INSERT INTO sync_opened (id, tbl, row, kind, h, user, site, f) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const rows = new Map<string, { tbl: number; row: string }>()
  let known = 0
  let fresh = 0
  for (const { site, changes } of texts) {
    for (const change of changes) {
      const { tbl, row, kind, h, user, f } = change
      const id = idOf(crypto, change)
      const added = put.run(id, tbl, row, kind, h, user, site, JSON.stringify(f)).changes
      if (added === 0) known++
      else rows.set(`${tbl}:${row}`, { tbl, row })
      fresh += added
    }
  }
  for (const { tbl, row } of rows.values()) {
    const entry = entryOf(db, tbl, row)
    if (!entry || !stands(db, entry)) continue
    const gone = settle(tx, entry, 'taken')
    known += gone
    fresh -= gone
  }
  tx.touched.add('sync')
  return { fresh, known }
}

const idOf = (crypto: Crypto, { tbl, row, kind, h, user, f }: Unsent): string =>
  crypto.sha256(JSON.stringify([tbl, row, kind, h, user, f])).slice(0, 32)

export function entryOf(db: Db, tbl: number, row: string): Entry | null {
  const shape = shapes(db).get(tbl)
  const lines = db
    .prepare(
      "SELECT kind, h, user, site, f FROM sync_opened WHERE row = ? AND tbl = ? AND state = 'waiting' ORDER BY h",
    )
    .all(row, tbl) as { kind: number; h: number; user: string | null; site: string; f: string }[]
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
  return { tbl, row, shape, isPut, h: last.h, user: last.user, site: last.site, values }
}

export const heldOf = (db: Db, { shape, row }: Entry): Held | undefined =>
  db.prepare(`SELECT * FROM "${shape.spec.name}" WHERE id = ?`).get(row) as Held | undefined

/** Fields that are otherwise in this book. */
export const differing = (held: Held, { shape, values }: Entry): Map<number, Value> =>
  new Map([...values].filter(([fid, value]) => !isBirthmark(fid) && held[shape.byId.get(fid)!.name] !== value))

function stands(db: Db, entry: Entry): boolean {
  const held = heldOf(db, entry)
  return held !== undefined && differing(held, entry).size === 0
}

export const settle = ({ db }: Tx, { tbl, row }: Entry, state: 'taken' | 'dropped'): number =>
  db.prepare("UPDATE sync_opened SET state = ? WHERE row = ? AND tbl = ? AND state = 'waiting'").run(state, row, tbl)
    .changes

/** Colleagues, settings: what a seller may not change is not taken in along with the rest, because anybody can have written a file. */
export const mayAnybody = (tbl: number): boolean => can('seller', permissionOf(tableById(tbl)?.name ?? ''))
