import { checkLog } from '../../db/check-log.ts'
import type { Module } from '../module.ts'
import { historyService } from './service.ts'
import { changeTimeline } from './timeline-source.ts'

/** Owns no table: it reads the change log and gives rows back through it. */
export const historyModule: Module = {
  name: 'history',
  tables: [],
  service: historyService,
  timeline: changeTimeline,
  check: async (at) => (await checkLog(at)).problems,
}
