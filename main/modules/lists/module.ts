import type { Module } from '../module.ts'
import { listsService } from './service.ts'
import { listSheets } from './sheets.ts'
import { listItem } from './table.ts'

export const listsModule: Module = {
  name: 'lists',
  tables: [listItem],
  service: listsService,
  exportSheets: listSheets,
}
