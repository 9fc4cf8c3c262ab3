import type { Module } from '../module.ts'
import { segmentsService } from './service.ts'
import { savedView } from './table.ts'

export const segmentsModule: Module = {
  name: 'segments',
  tables: [savedView],
  service: segmentsService,
  exportSheets: [{ table: 'saved_view', columns: { name: 'text', definition: 'text', position: 'number' } }],
}
