import {
  FIELD_CREATED_AT,
  FIELD_DELETED,
  FIELD_ID,
  type FieldSpec,
  KIND,
  type TableSpec,
} from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'

/** One line of the log with what its transaction says; verb and batch are null inside the transaction that is being written. */
export interface LogLine {
  seq: number
  tx: number
  tbl: number
  row: number
  kind: number
  f: string
  verb: string | null
  batch: string | null
}

/** Verb of every undo: provenance passes through it. */
export const UNDO = 'history.undo'

export type Values = Record<string, [unknown]>

export function parse(f: string): Values {
  return JSON.parse(f) as Values
}

/** Everything that happened to a row, oldest first. Rows have few changes; this reads them all. */
export function rowLines(db: Db, tbl: number, row: number): LogLine[] {
  return db
    .prepare(
      `SELECT c.seq, c.tx, c.tbl, c.row, c.kind, c.f, t.verb, t.batch FROM change c LEFT JOIN change_tx t ON t.tx = c.tx
       WHERE c.tbl = ? AND c.row = ? ORDER BY c.seq`,
    )
    .all(tbl, row) as LogLine[]
}

/** The value a change gives a field, or undefined when it leaves it alone. A put gives every field one: the absent are empty. */
export function valueIn(line: { kind: number }, values: Values, fieldId: number): unknown {
  const given = values[fieldId]
  if (given) return given[0]
  if (line.kind !== KIND.put) return undefined
  return fieldId === FIELD_DELETED ? 0 : null
}

/** What the field was before change `seq`; undefined when the log begins later than the row. */
export function valueBefore(db: Db, tbl: number, row: number, seq: number, fieldId: number): unknown {
  const lines = db
    .prepare('SELECT kind, f FROM change WHERE tbl = ? AND row = ? AND seq < ? ORDER BY seq DESC')
    .iterate(tbl, row, seq) as IterableIterator<{ kind: number; f: string }>
  for (const line of lines) {
    const value = valueIn(line, parse(line.f), fieldId)
    if (value !== undefined) return value
  }
  return undefined
}

/** Fields a person can look at and restore; identity and birth of a row are not among them. */
export function visibleFields(table: TableSpec): FieldSpec[] {
  return table.fields.filter((f) => f.id !== FIELD_ID && f.id !== FIELD_CREATED_AT)
}
