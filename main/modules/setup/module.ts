import type { Module } from '../module.ts'
import { seedOldBook } from './list-presets.ts'
import { setupService } from './service.ts'

export const setupModule: Module = { name: 'setup', tables: [], service: setupService, opened: seedOldBook }
