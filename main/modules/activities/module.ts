import type { Module } from '../module.ts'
import { check, rederive, rederiveAll } from './note-index.ts'
import { activitiesService } from './service.ts'
import { activitySheets } from './sheets.ts'
import { activity, activityParty, mention } from './table.ts'
import { activityTimeline } from './timeline-source.ts'
import { today } from './today.ts'

export const activitiesModule: Module = {
  name: 'activities',
  tables: [activity, activityParty, mention],
  service: activitiesService,
  timeline: activityTimeline,
  rederive,
  rederiveAll,
  check,
  exportSheets: activitySheets,
  today,
}
