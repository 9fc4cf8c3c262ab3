import { activitiesModule } from './activities/module.ts'
import { backupsModule } from './backups/module.ts'
import { calendarModule } from './calendar/module.ts'
import { customersModule } from './customers/module.ts'
import { draftsModule } from './drafts/module.ts'
import { duplicatesModule } from './duplicates/module.ts'
import { exportsModule } from './exports/module.ts'
import { historyModule } from './history/module.ts'
import { importsModule } from './imports/module.ts'
import { leadsModule } from './leads/module.ts'
import { listsModule } from './lists/module.ts'
import type { Module } from './module.ts'
import { recoveryModule } from './recovery/module.ts'
import { searchModule } from './search/module.ts'
import { segmentsModule } from './segments/module.ts'
import { settingsModule } from './settings/module.ts'
import { setupModule } from './setup/module.ts'
import { syncModule } from './sync/module.ts'
import { systemModule } from './system/module.ts'
import { tasksModule } from './tasks/module.ts'
import { todayModule } from './today/module.ts'
import { usersModule } from './users/module.ts'

/** Every module of the product, once. Those that others build on come first. */
export const modules: readonly Module[] = [
  systemModule,
  settingsModule,
  listsModule,
  usersModule,
  customersModule,
  activitiesModule,
  tasksModule,
  calendarModule,
  leadsModule,
  todayModule,
  searchModule,
  segmentsModule,
  duplicatesModule,
  historyModule,
  importsModule,
  exportsModule,
  setupModule,
  backupsModule,
  recoveryModule,
  draftsModule,
  syncModule,
]
