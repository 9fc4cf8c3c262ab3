import type { Module } from '../module.ts'
import { duplicatesService } from './service.ts'
import { duplicateMet, duplicatePair, partyDistinct } from './table.ts'

export const duplicatesModule: Module = {
  name: 'duplicates',
  tables: [partyDistinct, duplicatePair, duplicateMet],
  service: duplicatesService,
  exportSheets: [
    {
      table: 'party_distinct',
      columns: { a_id: { to: 'party', show: 'name' }, b_id: { to: 'party', show: 'name' } },
      partOf: [
        ['a_id', 'party'],
        ['b_id', 'party'],
      ],
    },
  ],
}
