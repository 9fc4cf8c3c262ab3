import type { Module } from '../module.ts'
import { listItem } from './table.ts'

export const listsModule: Module = {
  name: 'lists',
  tables: [listItem],
  service: {},
}
