import { readHlc } from '../../shared/sync/clock.ts'
import { FIELD_CREATED_AT, FIELD_ID } from '../../shared/sync/manifest.ts'
import { type Cell, type Cells, type Op, overlay, type Value } from '../../shared/sync/merge.ts'
import { isUuid } from '../../shared/sync/packed-ids.ts'
import { errorCode } from '../db/sqlite-errors.ts'
import type { Tx } from '../db/write.ts'
import { type Authors, OWN_BY } from './authors.ts'
import { fitting, isBirthmark, ownTables, type Shape, shapes } from './fields.ts'
import { knowRow } from './known-rows.ts'
import { countWaiting, toOp, waitingLines } from './log-lines.ts'
import { OtherLife } from './parts.ts'
import { type Author, insertRow, RemoteWrites, updateRow } from './remote-writes.ts'
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

  for (const row of latest.values()) {
    for (const cell of Object.values(row.cells)) {
      if (cell[4] > state.own && authors.siteOf(cell[2]) === state.site) throw new OtherLife('own changes ahead')
    }
    const shape = shapes(db).get(row.tbl)
    if (!shape || !isUuid(row.row)) {
      keepUnknown(tx, row, authors, Object.keys(row.cells), true)
      continue
    }
    const mine = waiting.get(`${row.tbl}:${row.row}`)
    let cells = row.cells
    if (mine) {
      const table = ownTables(db).get(row.tbl)!
      const who = { site: state.site, by: OWN_BY, siteOf: authors.siteOf, knows: authors.knows }
      cells = overlay(
        table,
        cells,
        mine.map((m) => m.op),
        who,
      )
    }
    const unknown: string[] = []
    const values = new Map<number, { value: Value; cell: Cell }>()
    for (const [key, cell] of Object.entries(cells)) {
      const field = shape.byId.get(Number(key))
      const value = field && fitting(shape, field, cell[0])
      if (!field || value === undefined) unknown.push(key)
      // Own waiting ones too: what overruled one of them may have been overruled itself.
      else values.set(field.id, { value, cell })
    }
    if (unknown.length > 0) keepUnknown(tx, row, authors, unknown, false)
    let lookUp = find.get(row.tbl)
    if (!lookUp) {
      lookUp = finder(tx, shape)
      find.set(row.tbl, lookUp)
    }
    const held = lookUp(row.row)
    const at = { row, cells, shape, authors, out, writes }
    if (held) plan(tx, at, held, values, state.fill)
    else planNew(tx, at, values)
  }
  out.heard = writes.run('sync.received')
  return out
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
type Values = Map<number, { value: Value; cell: Cell }>

function finder(tx: Tx, shape: Shape): (id: string) => Held | undefined {
  const columns = shape.spec.fields.map((f) => `"${f.name}"`).join(', ')
  const statement = tx.db.prepare(`SELECT pk, ${columns} FROM "${shape.spec.name}" WHERE id = ?`)
  return (id) => statement.get(id) as Held | undefined
}

const authorOf = ({ authors }: At, cell: Cell): Author => ({
  site: authors.siteOf(cell[2]),
  user: authors.userOf(cell[2]),
  h: cell[1],
})

/** A change of the row for each author and moment. */
function plan(tx: Tx, at: At, held: Held, values: Values, comparing: boolean): void {
  const { row, shape, out } = at
  const groups = new Map<string, { cell: Cell; values: Map<number, Value> }>()
  const unsaid = shape.spec.fields.filter(
    ({ id, name }) => !at.cells[id] && held[name]! !== (shape.needed.get(id) ?? null) && !isBirthmark(id),
  )
  // The server went back and lost it, or never took it: then it is in the tray, and the row shows what it is.
  const last = Object.values(row.cells).reduce<Cell | undefined>((a, b) => (a && a[3] > b[3] ? a : b), undefined)
  const emptied = comparing || !last ? [] : unsaid
  const all: Values = new Map([
    ...values,
    ...emptied.map(({ id }) => [id, { value: shape.needed.get(id) ?? null, cell: last! }] as const),
  ])
  for (const [fid, { value, cell }] of all) {
    const name = shape.byId.get(fid)!.name
    if (held[name] === value || fid === FIELD_ID) continue
    if (comparing && !isBirthmark(fid))
      out.missing.push({ tbl: row.tbl, row: row.row, pk: held.pk, fid, value: held[name]!, cell })
    const key = `${cell[1]} ${cell[2]}`
    const group = groups.get(key)
    if (group) group.values.set(fid, value)
    else groups.set(key, { cell, values: new Map([[fid, value]]) })
  }
  if (comparing) {
    for (const { id, name } of unsaid)
      out.missing.push({ tbl: row.tbl, row: row.row, pk: held.pk, fid: id, value: held[name]!, cell: undefined })
  }
  for (const group of groups.values()) {
    const author = authorOf(at, group.cell)
    at.writes.add(author, () =>
      guarded(tx, at, () => {
        updateRow(tx, shape, held.pk, group.values, readHlc(author.h).ms)
        changed(out, row.tbl, held.pk)
      }),
    )
  }
  knowRow(tx.db, row.tbl, held.pk, row.scope, row.seq)
}

/** Whoever made the row, with what they said of it then; what others changed since comes after, in their names. */
function planNew(tx: Tx, at: At, values: Values): void {
  const { row, shape, out } = at
  const first = values.get(FIELD_ID)?.cell ?? [...values.values()].map((v) => v.cell).sort((a, b) => a[1] - b[1])[0]
  if (!first) return
  const author = authorOf(at, first)
  const made = new Map<number, Value>([[FIELD_ID, row.row]])
  const later = new Map<string, { cell: Cell; values: Map<number, Value> }>()
  for (const [fid, { value, cell }] of values) {
    if (fid === FIELD_ID) continue
    if ((cell[1] === first[1] && cell[2] === first[2]) || fid === FIELD_CREATED_AT) made.set(fid, value)
    else {
      const key = `${cell[1]} ${cell[2]}`
      const group = later.get(key)
      if (group) group.values.set(fid, value)
      else later.set(key, { cell, values: new Map([[fid, value]]) })
    }
  }
  for (const [fid, usual] of shape.needed)
    if (!made.has(fid)) made.set(fid, fid === FIELD_CREATED_AT ? readHlc(author.h).ms : usual)
  let pk = 0
  at.writes.add(author, () =>
    guarded(tx, at, () => {
      pk = insertRow(tx, shape, made, readHlc(author.h).ms)
      knowRow(tx.db, row.tbl, pk, row.scope, row.seq)
      changed(out, row.tbl, pk)
    }),
  )
  for (const group of later.values()) {
    const by = authorOf(at, group.cell)
    // Never before the row itself, whatever the clocks said.
    const not = { ...by, h: Math.max(by.h, author.h) }
    at.writes.add(not, () =>
      guarded(tx, at, () => {
        const differs = new Map([...group.values].filter(([fid, value]) => (made.get(fid) ?? null) !== value))
        if (pk > 0 && differs.size > 0) updateRow(tx, shape, pk, differs, readHlc(by.h).ms)
      }),
    )
  }
}

/** A statement that fails leaves nothing; a full or broken disk is nobody's row. */
function guarded(tx: Tx, at: At, run: () => void): void {
  try {
    run()
  } catch (error) {
    const code = errorCode(error)
    if (
      code?.startsWith('SQLITE_CONSTRAINT') ||
      code?.startsWith('SQLITE_MISMATCH') ||
      code?.startsWith('SQLITE_TOOBIG')
    ) {
      tx.ctx.log.error('sync.row', error, { tbl: at.row.tbl })
      keepUnknown(tx, at.row, at.authors, Object.keys(at.row.cells), false)
    } else throw error
  }
}

function changed(out: AppliedRows, tbl: number, pk: number): void {
  const set = out.changed.get(tbl)
  if (set) set.add(pk)
  else out.changed.set(tbl, new Set([pk]))
}
