import type { Module } from '../module.ts'
import { check } from './check.ts'
import { settingsChanged } from './day-begins.ts'
import { rederive, rederiveAll } from './rederive.ts'
import { renamed } from './search-rows.ts'
import { tasksService } from './service.ts'
import { taskSheets } from './sheets.ts'
import { reminder, task, taskCheck } from './table.ts'
import { timeline } from './timeline.ts'
import { today } from './today.ts'

export const tasksModule: Module = {
  name: 'tasks',
  tables: [task, taskCheck, reminder],
  service: tasksService,
  rederive,
  rederiveAll,
  renamed,
  settingsChanged,
  check,
  timeline,
  exportSheets: taskSheets,
  today,
}
