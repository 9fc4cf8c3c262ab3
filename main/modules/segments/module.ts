import type { Module } from '../module.ts'
import { segmentsService } from './service.ts'
import { savedView } from './table.ts'

export const segmentsModule: Module = { name: 'segments', tables: [savedView], service: segmentsService }
