import { readHlc } from '../../shared/sync/clock.ts'
import { FIELD_CREATED_AT, FIELD_ID, type FieldSpec } from '../../shared/sync/manifest.ts'
import { type Cell, type Cells, type Op, overlay, type Value } from '../../shared/sync/merge.ts'
import { isUuid } from '../../shared/sync/packed-ids.ts'
import type { Tx } from '../db/write.ts'
import { type Authors, OWN_BY } from './authors.ts'
import { fitting, isBirthmark, ownTables, type Shape, shapes } from './fields.ts'
import { isLate, knowRow } from './known-rows.ts'
import { countWaiting, toOp, waitingLines } from './log-lines.ts'
import { insertNew, type NewRow } from './new-rows.ts'
import { OtherLife } from './parts.ts'
import { type Author, isOfRow, RemoteWrites, updateRow } from './remote-writes.ts'
import type { State } from './state.ts'
import { keepUnknown } from './unknown.ts'

/** A row as the server has it. */
export interface Told {
  tbl: number
  row: string
  scope: number
  seq: number
  cells: Cells
}

/** A value of this book that the server has not, or has otherwise, after it went back to an older day. */
export interface Missing {
  tbl: number
  row: string
  pk: number
  fid: number
  value: Value
  /** What the server has instead; undefined: nothing. */
  cell: Cell | undefined
  /** It may have come after the day to which the server went back. */
  late: boolean
}

export interface AppliedRows {
  /** Rows whose derived columns are to be made again, by table. */
  changed: Map<number, Set<number>>
  heard: number
  missing: Missing[]
}

/** Own changes that the server has not answered, by row. */
export function waitingByRow(tx: Tx, state: State): Map<string, { op: Op; seq: number }[]> {
  const out = new Map<string, { op: Op; seq: number }[]>()
  if (countWaiting(tx.db, state.acked, 1) === 0) return out
  let own = state.own
  for (const line of waitingLines(tx.db, state.acked, Number.MAX_SAFE_INTEGER)) {
    const op = toOp(tx.db, line, ++own)
    if (!op) continue
    const key = `${op.tbl}:${op.row}`
    const list = out.get(key)
    if (list) list.push({ op, seq: line.seq })
    else out.set(key, [{ op, seq: line.seq }])
  }
  return out
}

/**
 * Makes the rows of this book what the server says, with the changes that still wait upon it (SYNC.md 8): whatever differs is written in the name
 * of its author. One row that cannot be written blocks no other; it is kept as what is not understood. Throws OtherLife when the server
 * has changes of this very life that the book does not know: then the book went back, and nothing may be applied.
 */
export function applyRows(tx: Tx, state: State, authors: Authors, told: readonly Told[]): AppliedRows {
  const { db } = tx
  const out: AppliedRows = { changed: new Map(), heard: 0, missing: [] }
  const waiting = waitingByRow(tx, state)
  const writes = new RemoteWrites(tx)
  const latest = new Map(told.map((row) => [`${row.tbl}:${row.row}`, row]))
  const find = new Map<number, ReturnType<typeof finder>>()
  const known = shapes(db)
  const fresh: NewRow[] = []

  for (const [key, row] of latest) {
    if (authors.own.size > 0) refuseAhead(row.cells, authors, state)
    const shape = known.get(row.tbl)
    if (!shape || !isUuid(row.row)) {
      keepUnknown(tx, row, authors, Object.keys(row.cells), true)
      continue
    }
    const mine = waiting.get(key)
    let cells = row.cells
    if (mine) {
      const table = ownTables(db).get(row.tbl)!
      const who = { site: state.site, by: OWN_BY, siteOf: authors.siteOf, knows: authors.knows }
      const ops = mine.map((m) => m.op)
      cells = overlay(table, cells, ops, who)
    }
    const { values, unknown } = read(shape, cells)
    if (unknown.length > 0) keepUnknown(tx, row, authors, unknown, false)
    let lookUp = find.get(row.tbl)
    if (!lookUp) {
      lookUp = finder(tx, shape)
      find.set(row.tbl, lookUp)
    }
    const held = lookUp(row.row)
    if (held) plan(tx, { row, cells, shape, authors, out, writes }, held, values, state.fill)
    else if (values.some((value) => value !== undefined)) fresh.push(newRow(row, cells, shape, authors, values))
  }
  insertNew(tx, writes, fresh, {
    came: ({ told: { tbl } }, pk) => changed(out, tbl, pk),
    refused: (row, error) => keepRefused(tx, row.told, authors, error),
  })
  out.heard = writes.run('sync.received')
  return out
}

function refuseAhead(cells: Cells, { own }: Authors, state: State): void {
  for (const fid in cells) {
    const cell = cells[fid]!
    if (cell[4] > state.own && own.has(cell[2])) throw new OtherLife('own changes ahead')
  }
}

/** Values as the columns take them, by the place of their field in the shape; undefined where nothing was said. */
type Values = readonly (Value | undefined)[]

/** `unknown`: fields that this program does not know, or of another kind. */
function read(shape: Shape, cells: Cells): { values: Values; unknown: string[] } {
  const { fields } = shape.spec
  let fits = 0
  const values = fields.map((field) => {
    const cell = cells[field.id]
    const value = cell && fitting(shape, field, cell[0])
    if (value !== undefined) fits++
    return value
  })
  const ids = Object.keys(cells)
  if (fits === ids.length) return { values, unknown: [] }
  return { values, unknown: ids.filter((id) => values[fields.findIndex((f) => f.id === Number(id))] === undefined) }
}

interface At {
  row: Told
  /** The server's, with what waits here upon them. */
  cells: Cells
  shape: Shape
  authors: Authors
  out: AppliedRows
  writes: RemoteWrites
}
type Held = { pk: number } & Record<string, Value>

function finder(tx: Tx, shape: Shape): (id: string) => Held | undefined {
  const columns = shape.spec.fields.map((f) => `"${f.name}"`).join(', ')
  const statement = tx.db.prepare(`SELECT pk, ${columns} FROM "${shape.spec.name}" WHERE id = ?`)
  return (id) => statement.get(id) as Held | undefined
}

const authorOf = (authors: Authors, cell: Cell): Author => ({
  site: authors.siteOf(cell[2]),
  user: authors.userOf(cell[2]),
  h: cell[1],
})

/** Places of fields by who said them when. */
function byMoment(places: readonly number[], cellAt: (place: number) => Cell): { cell: Cell; places: number[] }[] {
  const groups = Map.groupBy(places, (place) => `${cellAt(place)[1]} ${cellAt(place)[2]}`)
  return [...groups.values()].map((group) => ({ cell: cellAt(group[0]!), places: group }))
}

/** A change of the row for each author and moment. */
function plan(tx: Tx, at: At, held: Held, said: Values, comparing: boolean): void {
  const { row, cells, shape, out } = at
  const { fields } = shape.spec
  const usual = (field: FieldSpec) => shape.needed.get(field.id) ?? null
  const differs = (field: FieldSpec, value: Value) => held[field.name] !== value && field.id !== FIELD_ID
  const places = [...fields.keys()].filter((i) => said[i] !== undefined && differs(fields[i]!, said[i]))
  const unsaid = [...fields.keys()].filter((i) => {
    const field = fields[i]!
    return !cells[field.id] && differs(field, usual(field)) && !isBirthmark(field.id)
  })
  if (comparing) {
    const late = isLate(tx.db, row.tbl, held.pk)
    for (const i of [...places, ...unsaid]) {
      const { id: fid, name } = fields[i]!
      if (isBirthmark(fid)) continue
      out.missing.push({ tbl: row.tbl, row: row.row, pk: held.pk, fid, value: held[name]!, cell: cells[fid], late })
    }
  }
  // The server went back and lost it, or never took it: then it is in the tray, and the row shows what it is.
  const last = Object.values(row.cells).reduce<Cell | undefined>((a, b) => (a && a[3] > b[3] ? a : b), undefined)
  if (last && !comparing) places.push(...unsaid)
  for (const { cell, places: some } of byMoment(places, (i) => cells[fields[i]!.id] ?? last!)) {
    const author = authorOf(at.authors, cell)
    const values = new Map(some.map((i) => [fields[i]!.id, said[i] === undefined ? usual(fields[i]!) : said[i]]))
    at.writes.add(author, () => {
      try {
        updateRow(tx, shape, held.pk, values, readHlc(author.h).ms)
        changed(out, row.tbl, held.pk)
      } catch (error) {
        keepRefused(tx, row, at.authors, error)
      }
    })
  }
  knowRow(tx.db, row.tbl, held.pk, row.scope, row.seq)
}

/** Whoever made the row, with what they said of it then; what others changed since comes after, in their names. */
function newRow(told: Told, cells: Cells, shape: Shape, authors: Authors, said: Values): NewRow {
  const { fields } = shape.spec
  const cellAt = (i: number) => cells[fields[i]!.id]!
  const places: number[] = []
  for (let i = 0; i < fields.length; i++) if (said[i] !== undefined) places.push(i)
  const id = places.find((i) => fields[i]!.id === FIELD_ID)
  const first = cellAt(id ?? places.reduce((a, b) => (cellAt(b)[1] < cellAt(a)[1] ? b : a)))
  const author = authorOf(authors, first)
  const made = fields.map((field) => {
    if (field.id === FIELD_ID) return told.row
    return field.id === FIELD_CREATED_AT ? readHlc(author.h).ms : (shape.needed.get(field.id) ?? null)
  })
  const later: number[] = []
  for (const i of places) {
    const cell = cellAt(i)
    const isThen = cell[1] === first[1] && cell[2] === first[2]
    if (isThen || fields[i]!.id === FIELD_CREATED_AT) made[i] = said[i]!
    else later.push(i)
  }
  const since = byMoment(later, cellAt).map((group) => ({
    author: authorOf(authors, group.cell),
    values: group.places.map((i) => [i, said[i]!] as const),
  }))
  return { told, shape, author, made, since }
}

/** What cannot be written is kept as what is not understood. */
function keepRefused(tx: Tx, row: Told, authors: Authors, error: unknown): void {
  if (!isOfRow(error)) throw error
  tx.ctx.log.error('sync.row', error, { tbl: row.tbl })
  keepUnknown(tx, row, authors, Object.keys(row.cells), false)
}

function changed(out: AppliedRows, tbl: number, pk: number): void {
  const set = out.changed.get(tbl)
  if (set) set.add(pk)
  else out.changed.set(tbl, new Set([pk]))
}
