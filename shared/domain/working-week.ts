import { startOfDay, whenOf } from './instants.ts'
import { addDays, type IsoDay, weekday } from './jalali-calendar.ts'

/** half: fewer hours than other days (Thursday in most trades). from, to: minutes of the day; of no meaning on a day off. */
export interface WorkDay {
  kind: 'working' | 'half' | 'off'
  from: number
  to: number
}
/** Seven days from Saturday. */
export type WorkingWeek = readonly WorkDay[]

const day = (kind: WorkDay['kind'], from: number, to: number): WorkDay => ({ kind, from: from * 60, to: to * 60 })

/** Saturday to Wednesday 9 to 17, Thursday until 13, Friday off: what most shops and offices keep. Every business sets its own. */
export const DEFAULT_WEEK: WorkingWeek = [
  ...Array.from({ length: 5 }, () => day('working', 9, 17)),
  day('half', 9, 13),
  day('off', 9, 17),
]

/** When a business works: its week, and the days on which nobody does (holidays). */
export interface WorkTime {
  week: WorkingWeek
  isHoliday: (day: IsoDay) => boolean
}

/** The hours of a day of the week, holidays aside; null on a day off. */
export function hoursOf(week: WorkingWeek, iso: IsoDay): WorkDay | null {
  const hours = week[weekday(iso)]
  return hours && hours.kind !== 'off' ? hours : null
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
    const opens = Math.max(from, begins + hours.from * 60_000)
    const closes = Math.min(to, begins + hours.to * 60_000)
    sum += Math.max(0, closes - opens)
  }
  return Math.floor(sum / 60_000)
}
