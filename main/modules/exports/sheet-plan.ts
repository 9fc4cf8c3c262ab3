import type { Module } from '../module.ts'
import type { ExportSheet, SheetColumn } from './sheet.ts'
import { type Language, type Words, wordsOf } from './texts.ts'

export interface PlannedColumn {
  name: string
  kind: SheetColumn
  names: Record<Language, string>
}
/** An ExportSheet as plain data, with its names and without what was not asked for: what the job in its thread gets. */
export interface PlannedSheet {
  table: string
  names: Record<Language, string>
  columns: PlannedColumn[]
  partOf: ExportSheet['partOf']
  only: ExportSheet['only']
}

/** In every synced table (main/db/columns.ts). */
const COMMON: Readonly<Record<string, SheetColumn>> = { id: 'text', created_at: 'instant', updated_at: 'instant' }

/** The tables that the modules declare, in their order. */
export function planSheets(modules: readonly Module[], isPrivate: boolean): PlannedSheet[] {
  const words = { fa: wordsOf('fa'), en: wordsOf('en') }
  return modules
    .flatMap((module) => module.exportSheets ?? [])
    .map((sheet) => ({
      table: sheet.table,
      names: { fa: words.fa(`exports:table.${sheet.table}`), en: words.en(`exports:table.${sheet.table}`) },
      columns: Object.entries({ id: COMMON['id']!, ...sheet.columns, ...COMMON })
        .filter(([name]) => isPrivate || !sheet.private?.includes(name))
        .map(([name, kind]) => ({
          name,
          kind,
          names: { fa: labelOf(words.fa, sheet.table, name), en: labelOf(words.en, sheet.table, name) },
        })),
      partOf: sheet.partOf,
      only: sheet.only,
    }))
}

/** Of the history's names of fields, which say what a person sees; else of those that only a file has; else its name in the database. */
export function labelOf(words: Words, table: string, column: string): string {
  for (const key of [
    `customers:field.${table}.${column}`,
    `exports:field.${table}.${column}`,
    `exports:field.any.${column}`,
  ]) {
    const label = words(key)
    if (label !== column) return label
  }
  return column
}
