import type { Module } from '../module.ts'
import { lead } from './table.ts'

export const leadsModule: Module = {
  name: 'leads',
  tables: [lead],
  service: {},
}
