import type { Module } from '../module.ts'
import { systemService } from './service.ts'

/** The state of the book itself. `status` and `retry` are the engine's own (main/engine/engine.ts): they answer without a book. */
export const systemModule: Module = { name: 'system', tables: [], service: systemService }
