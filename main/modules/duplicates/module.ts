import type { Module } from '../module.ts'
import { duplicatesService } from './service.ts'
import { duplicatePair, partyDistinct } from './table.ts'

export const duplicatesModule: Module = {
  name: 'duplicates',
  tables: [partyDistinct, duplicatePair],
  service: duplicatesService,
}
