import type { Module } from '../module.ts'
import { reminder, task, taskCheck } from './table.ts'
import { today } from './today.ts'

export const tasksModule: Module = {
  name: 'tasks',
  tables: [task, taskCheck, reminder],
  service: {},
  today,
}
