import { activitiesModule } from '../modules/activities/module.ts'
import { backupsModule } from '../modules/backups/module.ts'
import { calendarModule } from '../modules/calendar/module.ts'
import { customersModule } from '../modules/customers/module.ts'
import { duplicatesModule } from '../modules/duplicates/module.ts'
import { exportsModule } from '../modules/exports/module.ts'
import { helpModule } from '../modules/help/module.ts'
import { historyModule } from '../modules/history/module.ts'
import { importsModule } from '../modules/imports/module.ts'
import { leadsModule } from '../modules/leads/module.ts'
import { quicklogModule } from '../modules/quicklog/module.ts'
import { settingsModule } from '../modules/settings/module.ts'
import { setupModule } from '../modules/setup/module.ts'
import { syncModule } from '../modules/sync/module.ts'
import { tasksModule } from '../modules/tasks/module.ts'
import { todayModule } from '../modules/today/module.ts'
import { appModule } from './app-module.ts'
import type { RendererModule } from './module.ts'

/** Everything there is, in the order of the menu. A new module is added here and nowhere else. */
export const modules: readonly RendererModule[] = [
  todayModule,
  activitiesModule,
  quicklogModule,
  tasksModule,
  calendarModule,
  customersModule,
  leadsModule,
  duplicatesModule,
  historyModule,
  importsModule,
  exportsModule,
  backupsModule,
  syncModule,
  settingsModule,
  helpModule,
  setupModule,
  appModule,
]
