import type { Module } from '../module.ts'
import { settingsService } from './service.ts'
import { deviceSetting, setting } from './table.ts'

export const settingsModule: Module = { name: 'settings', tables: [setting, deviceSetting], service: settingsService }
