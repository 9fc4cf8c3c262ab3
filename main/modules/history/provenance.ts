import { KIND, type TableSpec, tableByName } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import type { Target } from './entries.ts'
import { type LogLine, parse, rowLines, UNDO, type Values, valueIn, visibleFields } from './log.ts'
import { REFERENCES } from './references.ts'

export interface Line extends LogLine {
  values: Values
  /** Of what is being undone. */
  ours: boolean
}

export function linesOf(db: Db, of: Target, tbl: number, row: number): Line[] {
  return rowLines(db, tbl, row).map((line) => {
    const ours = of.batch === null ? line.tx === of.last : line.batch === of.batch
    return { ...line, values: parse(line.f), ours }
  })
}

/**
 * The field's latest change is ours; or it is an undo that brought back just the value we had given (ours undone and redone, or a later
 * change undone), since an undo only hands on what came from elsewhere.
 */
export function comesFromUs(lines: Line[], fieldId: number, current: unknown): boolean {
  const latest = lines.findLast((line) => valueIn(line, line.values, fieldId) !== undefined)
  if (!latest || latest.ours) return true
  if (latest.verb !== UNDO) return false
  const given = lines.findLast((line) => line.ours && valueIn(line, line.values, fieldId) !== undefined)
  return given !== undefined && valueIn(given, given.values, fieldId) === current
}

/** Must a row that came with the change stay? 'itself': edited since, or something hangs on it; 'with': only because what it is a part of stays. */
export type Stays = (table: TableSpec, pk: number) => 'itself' | 'with' | 'no'

type Row = Record<string, unknown>

/**
 * Answers for the rows one change (or batch) made. A customer that was edited since stays, and then its phones stay too; a company stays when
 * such a customer works there. Answers are kept, since the rows are taken back one after the other and a later answer must fit an earlier one.
 */
export function whatStays(db: Db, of: Target): Stays {
  const answers = new Map<string, 'itself' | 'with' | 'no'>()
  const asking = new Set<string>()
  const rowOf = (table: string, column: string, value: unknown) =>
    db.prepare(`SELECT * FROM "${table}" WHERE "${column}" = ?`).get(value) as Row | undefined

  /** Made by something else, or edited since. */
  function touched(table: TableSpec, row: Row): boolean {
    const lines = linesOf(db, of, table.id, row['pk'] as number)
    if (!lines.some((line) => line.ours && line.kind === KIND.put)) return true
    return visibleFields(table).some((field) => !comesFromUs(lines, field.id, row[field.name]))
  }

  function held(table: TableSpec, row: Row): boolean {
    // Someone who has worked with the book stays in it: the history names them.
    if (table.name === 'user' && db.prepare('SELECT 1 FROM change_tx WHERE user = ? LIMIT 1').get(row['id']))
      return true
    return REFERENCES.some((r) => {
      if (r.to !== table.name || r.mark) return false
      const from = tableByName(r.table)!
      const rows = db
        // Who was merged into it is out of sight, and would be gone with it.
        .prepare(
          `SELECT * FROM "${r.table}" WHERE "${r.field}" = ?${r.field === 'merged_into' ? '' : ' AND deleted = 0'}`,
        )
        .all(row['id']) as Row[]
      return rows.some((other) => touched(from, other) || partOfStaying(from, other, row['id']))
    })
  }

  /** Belongs to a row that stays (other than `except`, which is the one being asked about). */
  function partOfStaying(table: TableSpec, row: Row, except: unknown): boolean {
    return REFERENCES.some((r) => {
      if (r.table !== table.name || !r.part || row[r.field] === except) return false
      const owner = rowOf(r.to, 'id', row[r.field])
      const ownerTable = tableByName(r.to)!
      if (!owner || !madeByUs(ownerTable, owner)) return false
      return stays(ownerTable, owner['pk'] as number) !== 'no'
    })
  }

  function madeByUs(table: TableSpec, row: Row): boolean {
    const put = db
      .prepare('SELECT tx FROM change WHERE tbl = ? AND row = ? AND kind = ? ORDER BY seq LIMIT 1')
      .get(table.id, row['pk'], KIND.put) as { tx: number } | undefined
    if (!put) return false
    if (of.batch === null) return put.tx === of.last
    const tx = db.prepare('SELECT batch FROM change_tx WHERE tx = ?').get(put.tx) as
      | { batch: string | null }
      | undefined
    return tx?.batch === of.batch
  }

  function stays(table: TableSpec, pk: number): 'itself' | 'with' | 'no' {
    const key = `${table.id}/${pk}`
    const known = answers.get(key)
    if (known) return known
    // Two rows that point at each other do not keep each other.
    if (asking.has(key)) return 'no'
    asking.add(key)
    const row = rowOf(table.name, 'pk', pk)
    let answer: 'itself' | 'with' | 'no' = 'no'
    if (row && row['deleted'] === 0) {
      if (touched(table, row) || held(table, row)) answer = 'itself'
      else if (partOfStaying(table, row, undefined)) answer = 'with'
    }
    asking.delete(key)
    answers.set(key, answer)
    return answer
  }

  return stays
}
