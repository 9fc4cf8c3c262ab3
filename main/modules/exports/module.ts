import type { Module } from '../module.ts'
import { removeAll } from './folder.ts'
import { exportsService } from './service.ts'

/** Owns no table: it reads those that the others declare (exportSheets) and writes files. */
export const exportsModule: Module = { name: 'exports', tables: [], service: exportsService, opened: removeAll }
