import type { Module } from '../module.ts'
import { importsService } from './service.ts'
import { batch, batchProblem, importChoice, importProfile } from './table.ts'

export const importsModule: Module = {
  name: 'imports',
  tables: [batch, batchProblem, importChoice, importProfile],
  service: importsService,
}
