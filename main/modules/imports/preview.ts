import { setImmediate as turn } from 'node:timers/promises'
import type { ImportProblem } from '../../../shared/contract/imports.ts'
import type { BatchRow } from '../../db/batch.ts'
import type { Ctx } from '../../engine/context.ts'
import { businessOf } from '../settings/service.ts'
import { type ImportOptions, optionsOf, rowsPathOf } from './batch-row.ts'
import { KnownPeople } from './known.ts'
import type { SourceRow } from './parse/source.ts'
import { mapRow, type RowRules } from './row.ts'
import { readRows } from './rows-file.ts'

const SHOWN = 50
/** Rows between two turns of the event loop: a few milliseconds. */
const STRIDE = 250

export interface Preview {
  rows: Array<{
    row: number
    cells: string[]
    name: string
    phone: string | null
    city: string | null
    known: boolean
    comes: boolean
    problems: ImportProblem[]
  }>
  good: number
  bad: number
  known: number
  warned: number
  known_warned: number
}

export function rulesOf(ctx: Ctx, options: ImportOptions, mapping: ImportOptions['mapping']): RowRules {
  const { area_code, money_unit } = businessOf(ctx)
  return { headers: options.headers, mapping, today: options.today, areaCode: area_code, moneyUnit: money_unit }
}

/** The row with only the columns that are mapped. */
export function shownCells(row: SourceRow, columns: number[] | null): SourceRow {
  return columns ? { ...row, cells: columns.map((i) => row.cells[i] ?? '') } : row
}

/** Reads the whole file under a mapping without writing anything; stops when the caller goes away. */
export async function previewOf(
  ctx: Ctx,
  batch: BatchRow,
  mapping: ImportOptions['mapping'],
  signal: AbortSignal | undefined,
): Promise<Preview> {
  const options = optionsOf(batch)
  const rules = rulesOf(ctx, options, mapping)
  const people = new KnownPeople(ctx.db)
  const preview: Preview = { rows: [], good: 0, bad: 0, known: 0, warned: 0, known_warned: 0 }
  let count = 0
  for (const source of readRows(rowsPathOf(ctx, batch.id), 0)) {
    const row = shownCells(source, options.columns)
    const { mapped, problems } = mapRow(row, rules)
    const known = mapped !== null && people.has(mapped)
    if (mapped) people.add(mapped)
    preview[mapped ? 'good' : 'bad']++
    if (known) preview.known++
    if (mapped && problems.length > 0) {
      preview.warned++
      if (known) preview.known_warned++
    }
    if (preview.rows.length < SHOWN) {
      const { name = '', phone = null, city = null } = mapped ?? {}
      preview.rows.push({ row: row.row, cells: row.cells, name, phone, city, known, comes: mapped !== null, problems })
    }
    if (++count % STRIDE === 0) {
      await turn()
      signal?.throwIfAborted()
    }
  }
  return preview
}
