import type { ExportSheet } from '../exports/sheet.ts'

export const listSheets: readonly ExportSheet[] = [
  { table: 'list_item', columns: { list: 'text', name: 'text', position: 'number' } },
]
