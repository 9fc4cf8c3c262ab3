import type { Module } from '../module.ts'
import { lockAtStart } from './seat.ts'
import { keepOwner, usersService } from './service.ts'
import { user, userPin } from './table.ts'

export const usersModule: Module = {
  name: 'users',
  tables: [user, userPin],
  service: usersService,
  // Taking back «made an owner» must not leave a book that nobody may manage.
  rederive: (tx) => keepOwner(tx),
  opened: lockAtStart,
  exportSheets: [{ table: 'user', columns: { name: 'text', color: 'text', role: 'text', share: 'text' } }],
}
