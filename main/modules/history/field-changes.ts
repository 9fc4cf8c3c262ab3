import type { FieldChange } from '../../../shared/contract/history.ts'
import { FIELD_DELETED, type FieldSpec, KIND, tableById } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { type LogLine, parse, valueBefore, visibleFields } from './log.ts'
import { memberAt, namesAt } from './member-names.ts'
import { mergeFields } from './merge-fields.ts'
import { fieldName, partyOfRow, rowId } from './names.ts'
import { referenceOf } from './references.ts'

type Line = Pick<LogLine, 'seq' | 'tx' | 'tbl' | 'row' | 'kind' | 'f'>

/** One line of the log as a person reads it: each field from what to what. Of a new row only what it says about someone. */
export function fieldChanges(db: Db, line: Line): FieldChange[] {
  const table = tableById(line.tbl)
  if (!table) return []
  const merge = line.kind === KIND.patch ? mergeFields(db, table, line) : null
  if (merge) return merge
  const values = parse(line.f)
  const fields = visibleFields(table).filter(
    (f) => values[f.id] && !(line.kind === KIND.put && isPlumbing(table.name, f, values[f.id]![0])),
  )
  if (fields.length === 0) return []
  const id = rowId(db, table.name, line.row)
  const party = partyOfRow(db, table.name, line.row)
  return fields.flatMap((field): FieldChange[] => {
    const to = values[field.id]![0]
    const about = { table: table.name, row_id: id, party }
    if (line.kind === KIND.patch && referenceOf(table.name, field.name)?.part) {
      // It came over from another customer: for this one it is as if it had been put in. What has no name of its own is no news.
      const to_name = memberAt(db, table, { row: line.row, seq: line.seq })
      if (to_name === null) return []
      return [{ ...about, kind: 'patch', field: 'deleted', from: 1, to: 0, from_name: null, to_name }]
    }
    const from = line.kind === KIND.put ? null : (valueBefore(db, line.tbl, line.row, line.seq, field.id) ?? null)
    const kind = line.kind === KIND.put ? 'put' : 'patch'
    const name = fieldName(db, table.name, id, field.name)
    return [{ ...about, kind, field: name, from, to, ...namesAt(db, table, line, field, from, to) }]
  })
}

/** In a new row: the parent's id (it is `party` already), the key of a setting (its value is called by it), and zeros, which say «not» or «first». */
function isPlumbing(table: string, field: FieldSpec, value: unknown): boolean {
  const isKey = table === 'setting' && field.name === 'key'
  return isKey || value === 0 || field.id === FIELD_DELETED || referenceOf(table, field.name)?.part === true
}
