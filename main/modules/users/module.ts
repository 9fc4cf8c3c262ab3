import type { Module } from '../module.ts'
import { usersService } from './service.ts'
import { user } from './table.ts'

export const usersModule: Module = {
  name: 'users',
  tables: [user],
  service: usersService,
  exportSheets: [{ table: 'user', columns: { name: 'text', color: 'text', role: 'text' } }],
}
