import { Business } from '../../../shared/contract/settings.ts'
import type { Module } from '../module.ts'
import { settingsService } from './service.ts'
import { deviceSetting, setting } from './table.ts'

export const settingsModule: Module = {
  name: 'settings',
  tables: [setting, deviceSetting],
  service: settingsService,
  // By name: a setting that is a secret one day must not go out because nobody thought of it.
  exportSheets: [
    {
      table: 'setting',
      columns: { key: 'text', value: 'text' },
      only: { column: 'key', values: Object.keys(Business.shape) },
    },
  ],
}
