import type { Module } from '../module.ts'
import { setupService } from './service.ts'

export const setupModule: Module = { name: 'setup', tables: [], service: setupService }
