import type { Module } from '../module.ts'
import { holiday } from './table.ts'

export const calendarModule: Module = {
  name: 'calendar',
  tables: [holiday],
  service: {},
}
