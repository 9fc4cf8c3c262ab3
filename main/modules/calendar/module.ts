import type { Module } from '../module.ts'
import { calendarService } from './service.ts'
import { holiday } from './table.ts'

export const calendarModule: Module = {
  name: 'calendar',
  tables: [holiday],
  service: calendarService,
  exportSheets: [{ table: 'holiday', columns: { date: 'day', name: 'text', kind: 'text' } }],
}
