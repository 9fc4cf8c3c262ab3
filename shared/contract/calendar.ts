import { z } from 'zod'
import { FIRST_YEAR, LAST_YEAR } from '../domain/jalali.ts'
import { Changed, Day, Id, line, procedure } from './base.ts'
import { TASK_KINDS, TASK_STATES } from './tasks.ts'
import { Tally } from './today.ts'

/** Days of a range at most: six weeks of a month, or a quarter of a year as a list. */
export const RANGE_MOST = 100
/** Entries of a day at most; what is more is counted. */
export const DAY_MOST = 300

const Minute = z.int().min(0).max(1439)

/**
 * task: to be done, or done. happened: a meeting or visit that was written down. again: a day on which a recurring task will come; `id` is that of
 * the task that comes. `minute` null: any time of the day. `key` is unique in the range.
 */
export const CalendarEntry = z.object({
  type: z.enum(['task', 'happened', 'again']),
  key: z.string(),
  id: Id,
  kind: z.enum(TASK_KINDS),
  title: z.string(),
  party: z.object({ id: Id, name: z.string() }).nullable(),
  minute: Minute.nullable(),
  minutes: z.int().nullable(),
  priority: z.int(),
  status: z.enum(TASK_STATES),
  recurring: z.boolean(),
  owner_id: Id.nullable(),
})
export type CalendarEntry = z.infer<typeof CalendarEntry>

/** `id`: of the row of the business, null for a computed one. `off`: nobody works. `approximate`: of the moon and not announced. */
export const CalendarHoliday = z.object({
  day: Day,
  /** What the business hides it by. */
  name_key: z.string(),
  name: z.object({ fa: z.string(), en: z.string() }),
  off: z.boolean(),
  approximate: z.boolean(),
  own: z.boolean(),
  id: Id.nullable(),
})
export type CalendarHoliday = z.infer<typeof CalendarHoliday>

export const CalendarDay = z.object({
  day: Day,
  /** With a time first, then without, then what is done without a time. */
  entries: z.array(CalendarEntry),
  /** How many there are in all, those not among `entries` too. */
  total: z.int(),
  holidays: z.array(CalendarHoliday),
  /** Whose birthday is kept; some names. */
  birthdays: z.object({ count: Tally, parties: z.array(z.object({ id: Id, name: z.string() })) }),
})
export type CalendarDay = z.infer<typeof CalendarDay>

export const HolidayKind = z.enum(['off', 'day'])
const Year = z.int().min(FIRST_YEAR).max(LAST_YEAR)
const dayErrors = { DATE_OUT_OF_RANGE: { status: 422 } } as const

/** Why a line of a file of holidays was left out. */
export const HOLIDAY_FAULTS = ['NO_DATE', 'BAD_DATE', 'NO_NAME', 'LONG_NAME', 'BAD_KIND'] as const
export const HolidayFault = z.object({ line: z.int(), text: z.string(), reason: z.enum(HOLIDAY_FAULTS) })
export type HolidayFault = z.infer<typeof HolidayFault>

export const calendar = {
  /** All that a screen of the calendar shows, in one round trip; both days included. */
  range: procedure('customers.read')
    .input(
      z.object({
        from: Day,
        to: Day,
        /** me: mine and nobody's, as on the page of today. */
        owner: z.union([z.enum(['me', 'all']), z.object({ id: Id })]).default('me'),
        per_day: z.int().min(0).max(DAY_MOST).default(6),
        /** Names of birthdays a day. */
        names: z.int().min(0).max(50).default(3),
      }),
    )
    .errors(dayErrors)
    .output(z.object({ today: Day, days: z.array(CalendarDay) })),
  /** Holidays alone, as the business has them: for hints beside a day. */
  holidays: procedure('settings.read')
    .input(z.object({ from: Day, to: Day }))
    .errors(dayErrors)
    .output(z.array(CalendarHoliday)),
  /** Those of a Jalali year, the hidden ones too, and whether the days of the moon are known for it at all. */
  year: procedure('settings.read')
    .input(z.object({ year: Year }))
    .output(
      z.object({
        holidays: z.array(CalendarHoliday),
        hidden: z.array(z.object({ id: Id, day: Day, name: z.object({ fa: z.string(), en: z.string() }) })),
        lunar: z.boolean(),
      }),
    ),
  addHoliday: procedure('calendar.write')
    .input(z.object({ date: Day, name: line(100), kind: HolidayKind.default('off') }))
    .errors({ ...dayErrors, NAME_TAKEN: { status: 409 } })
    .output(Changed.extend({ id: Id })),
  /** Of one that the business wrote. */
  updateHoliday: procedure('calendar.write')
    .input(z.object({ id: Id, patch: z.object({ date: Day, name: line(100), kind: HolidayKind }).partial() }))
    .errors(dayErrors)
    .output(Changed),
  /** One that the business wrote, or a word that hides a computed one: then that is there again. */
  removeHoliday: procedure('calendar.write')
    .input(z.object({ id: Id }))
    .output(Changed),
  /** A computed one is not kept, or not on that day. */
  hideHoliday: procedure('calendar.write')
    .input(z.object({ date: Day, name: line(100) }))
    .errors(dayErrors)
    .output(Changed),
  /** A computed one is on another day, as when the moon was seen later. */
  moveHoliday: procedure('calendar.write')
    .input(z.object({ date: Day, name: line(100), to: Day }))
    .errors({ ...dayErrors })
    .output(Changed),
  /** CSV (date, name, kind) or JSON ([{date, name, kind}]); days Jalali or ISO. Good lines are taken, bad ones come back. */
  importHolidays: procedure('calendar.write')
    .input(z.object({ text: z.string().max(60_000) }))
    .output(Changed.extend({ added: z.int(), same: z.int(), bad: z.array(HolidayFault).max(200), bad_total: z.int() })),
  /** Those of a year as the CSV that `importHolidays` reads. */
  exportHolidays: procedure('settings.read')
    .input(z.object({ year: Year }))
    .output(z.object({ text: z.string() })),
}
