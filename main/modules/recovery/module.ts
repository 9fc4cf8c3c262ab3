import type { Module } from '../module.ts'
import { recoveryService } from './service.ts'

/** Owns no table: it makes new books of damaged ones. */
export const recoveryModule: Module = { name: 'recovery', tables: [], service: recoveryService }
