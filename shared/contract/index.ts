import { activities } from './activities.ts'
import { backups } from './backups.ts'
import { calendar } from './calendar.ts'
import { customers } from './customers.ts'
import { drafts } from './drafts.ts'
import { duplicates } from './duplicates.ts'
import { exporting } from './exports.ts'
import { history } from './history.ts'
import { imports } from './imports.ts'
import { leads } from './leads.ts'
import { lists } from './lists.ts'
import { recovery } from './recovery.ts'
import { search } from './search.ts'
import { segments } from './segments.ts'
import { settings } from './settings.ts'
import { setup } from './setup.ts'
import { sync } from './sync.ts'
import { system } from './system.ts'
import { tasks } from './tasks.ts'
import { today } from './today.ts'
import { users } from './users.ts'

/** Everything the product can be asked, once. Client, engine and tests are typed from here. */
export const contract = {
  system,
  today,
  setup,
  settings,
  users,
  leads,
  customers,
  activities,
  tasks,
  calendar,
  lists,
  search,
  segments,
  duplicates,
  history,
  imports,
  exports: exporting,
  backups,
  recovery,
  drafts,
  sync,
}
export type Contract = typeof contract
