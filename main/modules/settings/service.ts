import type { z } from 'zod'
import { Business, DEVICE_DEFAULTS, Device, type settings } from '../../../shared/contract/settings.ts'
import { DEFAULT_DAY_BEGINS, DEFAULT_WEEK } from '../../../shared/domain/working-week.ts'
import type { Db } from '../../db/open.ts'
import { insertOrRevive, patch } from '../../db/rows.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { uuidV5 } from '../../engine/ids.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { setting } from './table.ts'

/** What a business has before it says otherwise (the first run gives name, trade and unit). */
const BUSINESS_DEFAULTS: Business = {
  business_name: '',
  trade: 'other',
  money_unit: 'toman',
  area_code: null,
  province: null,
  city: null,
  phone: null,
  address: null,
  week: [...DEFAULT_WEEK],
  day_begins: DEFAULT_DAY_BEGINS,
}

/** The settings of the business; what was never set, or is of a newer version and not known here, has its default. */
export function businessOf(ctx: Ctx): Business {
  return readValues(ctx, 'SELECT key, value FROM setting WHERE deleted = 0', Business.shape, BUSINESS_DEFAULTS)
}

function readValues<T extends object>(
  ctx: Ctx,
  sql: string,
  shape: Record<keyof T & string, z.ZodType>,
  defaults: T,
): T {
  const values = { ...defaults } as Record<string, unknown>
  for (const { key, value } of ctx.db.prepare(sql).all() as Array<Record<'key' | 'value', string>>) {
    const known = key in shape ? shape[key as keyof T & string].safeParse(JSON.parse(value)) : null
    if (known?.success) values[key] = known.data
  }
  return values as T
}

/** One setting of the business, where reading all of them would be too much. */
export function businessValue<K extends keyof Business>(db: Db, key: K): Business[K] {
  const row = db.prepare('SELECT value FROM setting WHERE id = ? AND deleted = 0').get(uuidV5('setting', key)) as
    | { value: string }
    | undefined
  const known = row && Business.shape[key].safeParse(JSON.parse(row.value))
  return known?.success ? (known.data as Business[K]) : BUSINESS_DEFAULTS[key]
}

/** Tells the modules which settings are others now, in the change that makes them so: for what they derived. */
export function tellSettings(tx: Tx, keys: readonly string[]): void {
  for (const module of tx.ctx.modules) module.settingsChanged?.(tx, keys)
}

/** Writes the given values; each is a row of its own, so two PCs that change two settings do not collide. */
export function setBusinessTx(tx: Tx, values: Partial<Business>): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue
    const id = uuidV5('setting', key)
    const text = JSON.stringify(value)
    if (!tx.db.prepare('SELECT 1 FROM setting WHERE id = ?').get(id))
      insertOrRevive(tx, setting, { id, key, value: text })
    else patch(tx, setting, id, { value: text, deleted: 0 })
  }
  tellSettings(tx, Object.keys(values))
}

/** Keeps a value for this device alone; whoever writes it says what it touched. */
export function setDeviceTx(tx: Tx, key: string, value: unknown): void {
  tx.db
    .prepare(
      'INSERT INTO device_setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    .run(key, JSON.stringify(value))
}

function deviceOf(ctx: Ctx): Device {
  return readValues(ctx, 'SELECT key, value FROM device_setting', Device.shape as never, DEVICE_DEFAULTS)
}

function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

export const settingsService: Service<typeof settings> = {
  business: (ctx) => businessOf(ctx),
  updateBusiness: (ctx, values) => {
    const { change } = writeChanged(ctx, 'settings.updateBusiness', (tx) =>
      setBusinessTx(tx, defined(values) as Partial<Business>),
    )
    return { change }
  },
  device: (ctx) => deviceOf(ctx),
  updateDevice: (ctx, values) => {
    // `open` because language and theme are chosen before there is a user; nothing here concerns anyone but this device.
    if (JSON.stringify(values).length > 100_000) fail('BAD_REQUEST')
    writeChanged(ctx, 'settings.updateDevice', (tx) => {
      for (const [key, value] of Object.entries(values)) {
        if (value === undefined) continue
        setDeviceTx(tx, key, value)
        tx.touched.add('device_setting')
      }
    })
    return deviceOf(ctx)
  },
}
