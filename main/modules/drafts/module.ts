import type { Module } from '../module.ts'
import { draftsService } from './service.ts'
import { draft } from './table.ts'

export const draftsModule: Module = { name: 'drafts', tables: [draft], service: draftsService }
