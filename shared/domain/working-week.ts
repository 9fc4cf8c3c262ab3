import { startOfDay, whenOf } from './instants.ts'
import { addDays, type IsoDay, weekday } from './jalali-calendar.ts'

/** Hours without a pause, in minutes of the day. */
export interface Hours {
  from: number
  to: number
}
/**
 * half: fewer hours than other days (Thursday in most trades). from, to: of the first hours; of no meaning on a day off. `more`: those after a
 * pause («۹ تا ۱۳ و ۱۷ تا ۲۱»), in order and apart.
 */
export interface WorkDay extends Hours {
  kind: 'working' | 'half' | 'off'
  more?: readonly Hours[] | undefined
}
/** Hours of a day that are told apart at most. */
export const MOST_HOURS = 3
/** Seven days from Saturday. */
export type WorkingWeek = readonly WorkDay[]

const day = (kind: WorkDay['kind'], from: number, to: number): WorkDay => ({ kind, from: from * 60, to: to * 60 })

/** Saturday to Wednesday 9 to 17, Thursday until 13, Friday off: what most shops and offices keep. Every business sets its own. */
export const DEFAULT_WEEK: WorkingWeek = [
  ...Array.from({ length: 5 }, () => day('working', 9, 17)),
  day('half', 9, 13),
  day('off', 9, 17),
]

/** Minute of the day from which reminders of tasks without a time are counted, unless the business says otherwise. */
export const DEFAULT_DAY_BEGINS = 9 * 60

/** When a business works: its week, and the days on which nobody does (holidays). */
export interface WorkTime {
  week: WorkingWeek
  isHoliday: (day: IsoDay) => boolean
}

/** A day of the week with its hours, holidays aside; null on a day off. */
export function hoursOf(week: WorkingWeek, iso: IsoDay): WorkDay | null {
  const hours = week[weekday(iso)]
  return hours && hours.kind !== 'off' ? hours : null
}

/** All the hours of a day that is not off, in order. */
export const allHours = ({ from, to, more = [] }: WorkDay): readonly Hours[] => [{ from, to }, ...more]

/** Each ends after it begins, and before the next. */
export const areHours = (hours: readonly Hours[]): boolean =>
  hours.every(({ from, to }, i) => from < to && (hours[i - 1]?.to ?? -1) < from)

/** What of a day is no work: before, between and after its hours. */
export function pausesOf(day: WorkDay): Hours[] {
  const hours = allHours(day)
  const ends = [0, ...hours.map(({ to }) => to)]
  return ends.map((from, i) => ({ from, to: hours[i]?.from ?? 1440 })).filter(({ from, to }) => from < to)
}

/** Half days count. */
export function isWorking(iso: IsoDay, { week, isHoliday }: WorkTime): boolean {
  return hoursOf(week, iso) !== null && !isHoliday(iso)
}

/** A business that is never open has no next day. */
const FAR = 400

/** The first working day after `iso`; null when there is none within 400 days. */
export function nextWorkingDay(iso: IsoDay, time: WorkTime): IsoDay | null {
  for (let n = 1; n <= FAR; n++) {
    const next = addDays(iso, n)
    if (isWorking(next, time)) return next
  }
  return null
}

/** Minutes of working time between two instants (epoch ms) in the business zone; 0 when `to` is not after `from`. */
export function workingMinutes(from: number, to: number, time: WorkTime): number {
  if (to <= from) return 0
  const last = whenOf(to).day
  let sum = 0
  for (let iso = whenOf(from).day; iso <= last; iso = addDays(iso, 1)) {
    const hours = isWorking(iso, time) ? hoursOf(time.week, iso) : null
    if (!hours) continue
    const begins = startOfDay(iso)
    for (const part of allHours(hours)) {
      const opens = Math.max(from, begins + part.from * 60_000)
      const closes = Math.min(to, begins + part.to * 60_000)
      sum += Math.max(0, closes - opens)
    }
  }
  return Math.floor(sum / 60_000)
}
