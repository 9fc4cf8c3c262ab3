import { z } from 'zod'
import { TRADES } from '../domain/party.ts'
import { allHours, areHours, MOST_HOURS, type WorkingWeek } from '../domain/working-week.ts'
import { Changed, line, optionalLine, procedure } from './base.ts'

const Hours = z.object({ from: z.int().min(0).max(1439), to: z.int().min(1).max(1440) })
const WorkDay = Hours.extend({
  kind: z.enum(['working', 'half', 'off']),
  more: z
    .array(Hours)
    .max(MOST_HOURS - 1)
    .readonly()
    .optional(),
}).refine((day) => day.kind === 'off' || areHours(allHours(day)))
const Week = z.array(WorkDay).length(7) satisfies z.ZodType<WorkingWeek>

const DayBegins = z.int().min(0).max(1439)

/** Of the business: synced, in the history, the same on every PC. */
export const Business = z.object({
  business_name: z.string(),
  trade: z.enum(TRADES),
  money_unit: z.enum(['toman', 'rial']),
  /** For landlines typed without an area code, digits without 0: '21'. */
  area_code: z.string().nullable(),
  province: z.string().nullable(),
  city: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  /** When it works, from Saturday (shared/domain/working-week.ts). */
  week: Week,
  /** Minute of the day from which reminders of tasks without a time are counted. */
  day_begins: DayBegins,
})
export type Business = z.infer<typeof Business>

/** Of this device only: never synced, not in the history. */
export const Device = z.object({
  language: z.enum(['fa', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  /** Percent of 14 px. */
  font_scale: z.int().min(85).max(140),
  counter_mode: z.boolean(),
  tour_seen: z.boolean(),
  /** Columns of the customer list outside saved views, as ViewDefinition.columns. */
  customer_columns: z.unknown().optional(),
})
export type Device = z.infer<typeof Device>
export const DEVICE_DEFAULTS: Device = {
  language: 'fa',
  theme: 'system',
  density: 'comfortable',
  font_scale: 100,
  counter_mode: false,
  tour_seen: false,
}

export const settings = {
  business: procedure('settings.read').output(Business),
  updateBusiness: procedure('settings.write')
    .input(
      z
        .object({
          business_name: line(200),
          trade: z.enum(TRADES),
          money_unit: z.enum(['toman', 'rial']),
          area_code: z
            .string()
            .regex(/^[1-9]\d{1,3}$/)
            .nullable(),
          province: optionalLine(60),
          city: optionalLine(60),
          phone: optionalLine(40),
          address: optionalLine(500),
          week: Week,
          day_begins: DayBegins,
        })
        .partial(),
    )
    .output(Changed),
  device: procedure('open').output(Device),
  updateDevice: procedure('open').input(Device.partial()).output(Device),
}
