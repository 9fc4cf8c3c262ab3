import type { FieldChange } from '../../../shared/contract/history.ts'
import { FIELD_DELETED, type TableSpec } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { type LogLine, parse, rowLines, valueIn, visibleFields } from './log.ts'
import { nameOf } from './names.ts'

type Line = Pick<LogLine, 'seq' | 'tx' | 'tbl' | 'row' | 'f'>

/**
 * The line that made a customer lead to another, as people read it: who went into whom, and each value of it that did not stay beside the
 * one that did. Null for every other line.
 */
export function mergeFields(db: Db, table: TableSpec, line: Line): FieldChange[] | null {
  const into = table.fields.find((f) => f.name === 'merged_into')
  if (table.name !== 'party' || !into) return null
  const survivorId = parse(line.f)[into.id]?.[0]
  if (typeof survivorId !== 'string') return null
  const survivor = db.prepare('SELECT pk, id, name FROM party WHERE id = ?').get(survivorId) as Party | undefined
  const merged = db.prepare('SELECT pk, id, name FROM party WHERE pk = ?').get(line.row) as Party | undefined
  if (!survivor || !merged) return null
  const before = stateAt(db, table, line.row, (l) => l.seq < line.seq)
  const after = stateAt(db, table, survivor.pk, (l) => l.tx <= line.tx)
  const said = (field: string, from: unknown, to: unknown, from_name: string | null, to_name: string | null) => ({
    table: table.name,
    row_id: merged.id,
    party: { id: merged.id, name: merged.name },
    kind: 'patch' as const,
    field,
    from,
    to,
    from_name,
    to_name,
  })
  const dropped = visibleFields(table).flatMap((f) => {
    const from = before.get(f.id) ?? null
    const to = after.get(f.id) ?? null
    if (f.id === FIELD_DELETED || f.id === into.id || f.name === 'kind' || from === null || from === 0 || from === to)
      return []
    if (f.merge === 'text' && String(to).includes(String(from))) return []
    return [said(f.name, from, to, nameOf(db, table.name, f.name, from), nameOf(db, table.name, f.name, to))]
  })
  return [said(into.name, merged.id, survivor.id, merged.name, survivor.name), ...dropped]
}

interface Party {
  pk: number
  id: string
  name: string
}

function stateAt(db: Db, table: TableSpec, row: number, counts: (line: LogLine) => boolean): Map<number, unknown> {
  const state = new Map<number, unknown>()
  for (const line of rowLines(db, table.id, row)) {
    if (!counts(line)) break
    const values = parse(line.f)
    for (const { id } of table.fields) {
      const value = valueIn(line, values, id)
      if (value !== undefined) state.set(id, value)
    }
  }
  return state
}
