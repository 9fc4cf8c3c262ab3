import type { ImportField } from '../../../shared/contract/imports.ts'
import type { Ctx } from '../../engine/context.ts'
import { businessOf } from '../settings/service.ts'
import type { ImportOptions } from './batch-row.ts'
import type { SourceRow } from './parse/source.ts'
import type { RowRules } from './row.ts'

export function rulesOf(ctx: Ctx, options: ImportOptions, mapping: ImportOptions['mapping']): RowRules {
  const { area_code, money_unit } = businessOf(ctx)
  return { headers: options.headers, mapping, today: options.today, areaCode: area_code, moneyUnit: money_unit }
}

/** The row with only the columns that are mapped. */
export function shownCells(row: SourceRow, columns: number[] | null): SourceRow {
  return columns ? { ...row, cells: columns.map((i) => row.cells[i] ?? '') } : row
}

export const mappedFields = ({ mapping }: Pick<RowRules, 'mapping'>): ReadonlySet<ImportField> =>
  new Set(mapping.filter((field) => field !== null))
