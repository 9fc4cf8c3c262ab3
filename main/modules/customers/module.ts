import type { Module } from '../module.ts'
import { check } from './check.ts'
import { catchUpContactDates } from './contact-dates.ts'
import { nameSortOf } from './derive.ts'
import { rederive, rederiveAll } from './rederive.ts'
import { customersService } from './service.ts'
import { customerSheets } from './sheets.ts'
import { party, partyAddress, partyChannel, partyLink, partyRole, partyTag, source, tag } from './table.ts'
import { today } from './today.ts'

export const customersModule: Module = {
  name: 'customers',
  tables: [party, partyChannel, partyAddress, partyLink, partyRole, tag, partyTag, source],
  service: customersService,
  rederive,
  rederiveAll,
  sorted: { party: { column: 'name_sort', keyOf: nameSortOf } },
  opened: catchUpContactDates,
  check,
  exportSheets: customerSheets,
  today,
}
