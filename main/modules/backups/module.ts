import type { Module } from '../module.ts'
import { atExit, everyMinute } from './keeper.ts'
import { backupsService } from './service.ts'

/** Copies of the whole book; owns no table, as what it knows must outlive the book (store.ts). */
export const backupsModule: Module = {
  name: 'backups',
  tables: [],
  service: backupsService,
  chore: { everyMinute, atExit },
}
