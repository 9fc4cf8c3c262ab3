import type { Module } from '../module.ts'
import { todayService } from './service.ts'

/** «My day»: owns nothing, puts together what the modules give by `today`. */
export const todayModule: Module = {
  name: 'today',
  tables: [],
  service: todayService,
}
