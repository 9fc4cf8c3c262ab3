import { Business } from '../../../shared/contract/settings.ts'
import type { Module } from '../module.ts'
import { settingsService, tellSettings } from './service.ts'
import { deviceSetting, setting } from './table.ts'

export const settingsModule: Module = {
  name: 'settings',
  tables: [setting, deviceSetting],
  service: settingsService,
  // Taken back, or come from another device.
  rederive(tx, table, pks) {
    if (table !== 'setting') return
    const keys = tx.db
      .prepare('SELECT key FROM setting WHERE pk IN (SELECT value FROM json_each(?))')
      .all(JSON.stringify(pks)) as Array<{ key: string }>
    tellSettings(
      tx,
      keys.map(({ key }) => key),
    )
  },
  // By name: a setting that is a secret one day must not go out because nobody thought of it.
  exportSheets: [
    {
      table: 'setting',
      columns: { key: 'text', value: 'text' },
      only: { column: 'key', values: Object.keys(Business.shape) },
    },
  ],
}
