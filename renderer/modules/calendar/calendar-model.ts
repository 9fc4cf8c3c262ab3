import { MONTH_NAMES } from '../../../shared/domain/calendar-names.ts'
import { formatDay, localDigits } from '../../../shared/domain/format.ts'
import {
  addDays,
  addJalaliMonths,
  daysInJalaliMonth,
  FIRST_YEAR,
  fromJalali,
  type IsoDay,
  isIsoDay,
  LAST_YEAR,
  toJalali,
  weekday,
} from '../../../shared/domain/jalali.ts'
import type { Outputs } from '../../api/client.ts'
import type { Language } from '../../ui/locale.ts'

export type Day = Outputs['calendar']['range']['days'][number]
export type Entry = Day['entries'][number]
export type Holiday = Day['holidays'][number]

export const VIEWS = ['month', 'week', 'day', 'agenda'] as const
export type View = (typeof VIEWS)[number]

/** Where the calendar stands; kept in the address. `owner`: me, all or the id of a colleague. */
export interface Place {
  view: View
  day: IsoDay
  owner: string
}

const FIRST = fromJalali(FIRST_YEAR, 2, 1)
const LAST = fromJalali(LAST_YEAR, 11, 30)
/** Within the years of the calendar, with room for the weeks around a month. */
export const within = (day: IsoDay): IsoDay => (day < FIRST ? FIRST : day > LAST ? LAST : day)

/** What stands in the address; whatever is no view or no day falls back to the month and to today. */
export function placeOf(search: Record<string, unknown>, today: IsoDay): Place {
  const view = VIEWS.find((one) => one === search['view']) ?? 'month'
  const day = search['day']
  const owner = search['owner']
  return {
    view,
    day: typeof day === 'string' && isIsoDay(day) ? within(day) : today,
    owner: typeof owner === 'string' && owner !== '' ? owner : 'me',
  }
}

const saturday = (day: IsoDay) => addDays(day, -weekday(day))
const monthOf = (day: IsoDay): [first: IsoDay, last: IsoDay] => {
  const { jy, jm } = toJalali(day)
  return [fromJalali(jy, jm, 1), fromJalali(jy, jm, daysInJalaliMonth(jy, jm))]
}

/** First and last day that a view shows: a month in whole weeks, the list of a month without. */
export function spanOf({ view, day }: Pick<Place, 'view' | 'day'>): { from: IsoDay; to: IsoDay } {
  if (view === 'day') return { from: day, to: day }
  if (view === 'week') return { from: saturday(day), to: addDays(saturday(day), 6) }
  const [from, to] = monthOf(day)
  return view === 'agenda' ? { from, to } : { from: saturday(from), to: addDays(saturday(to), 6) }
}

export function daysBetween({ from, to }: { from: IsoDay; to: IsoDay }): IsoDay[] {
  const out: IsoDay[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) out.push(day)
  return out
}

/** The next or previous page of a view. */
export function stepped({ view, day }: Pick<Place, 'view' | 'day'>, by: 1 | -1): IsoDay {
  if (view === 'day') return within(addDays(day, by))
  if (view === 'week') return within(addDays(day, 7 * by))
  return within(addJalaliMonths(within(day), by))
}

export const isInMonth = (day: IsoDay, of: IsoDay): boolean => {
  const [a, b] = [toJalali(day), toJalali(of)]
  return a.jy === b.jy && a.jm === b.jm
}

/** «آذر ۱۴۰۵», «۳۰ آبان تا ۶ آذر ۱۴۰۵», «یکشنبه ۱ آذر ۱۴۰۵». @param to the word between two days */
export function titleOf(place: Pick<Place, 'view' | 'day'>, language: Language, to: string): string {
  const { view, day } = place
  if (view === 'day') return formatDay(day, language, 'long')
  if (view === 'week') {
    const span = spanOf(place)
    const [a, b] = [toJalali(span.from), toJalali(span.to)]
    const name = (jm: number) => MONTH_NAMES[language][jm - 1]
    const first = [a.jd, a.jm === b.jm ? null : name(a.jm), a.jy === b.jy ? null : a.jy].filter((x) => x !== null)
    return localDigits(`${first.join(' ')} ${to} ${b.jd} ${name(b.jm)} ${b.jy}`, language)
  }
  const { jy, jm } = toJalali(day)
  return localDigits(`${MONTH_NAMES[language][jm - 1]} ${jy}`, language)
}

const GREGORIAN_MONTH = {
  fa: new Intl.DateTimeFormat('fa-IR-u-ca-gregory', { month: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }),
} as const

/** The same days in the Gregorian calendar, for those who write abroad: «نوامبر – دسامبر ۲۰۲۶». */
export function gregorianOf(place: Pick<Place, 'view' | 'day'>, language: Language): string {
  const { from, to } =
    place.view === 'month' ? { from: monthOf(place.day)[0], to: monthOf(place.day)[1] } : spanOf(place)
  const month = (iso: IsoDay) => GREGORIAN_MONTH[language].format(Date.parse(`${iso}T00:00Z`))
  const year = (iso: IsoDay) => localDigits(iso.slice(0, 4), language)
  const date = (iso: IsoDay) => localDigits(String(Number(iso.slice(8))), language)
  const isLong = place.view === 'month' || place.view === 'agenda'
  const side = (iso: IsoDay) => (isLong ? month(iso) : `${date(iso)} ${month(iso)}`)
  if (side(from) === side(to)) return `${side(to)} ${year(to)}`
  const first = from.slice(0, 4) === to.slice(0, 4) ? side(from) : `${side(from)} ${year(from)}`
  return `${first} – ${side(to)} ${year(to)}`
}

export const dayNumber = (day: IsoDay, language: Language): string => localDigits(String(toJalali(day).jd), language)

/** Where an entry goes by a key: days, or minutes of the day in the views with hours. Null: it stays. */
export interface Move {
  day: IsoDay
  minute: number | null
}

const DAY_MINUTES = 1440
/** Step of the keys in the views with hours. */
export const STEP = 30

/**
 * Alt and an arrow. Sideways a day, in the direction of the calendar; up and down a week in the month and list, half an hour where there are
 * hours (what has no time gets `opens`).
 */
export function movedBy(
  { view }: Pick<Place, 'view'>,
  key: string,
  at: Move,
  isRtl: boolean,
  opens: number,
): Move | null {
  const ahead = isRtl ? 'ArrowLeft' : 'ArrowRight'
  const back = isRtl ? 'ArrowRight' : 'ArrowLeft'
  if (key === ahead || key === back) return { ...at, day: within(addDays(at.day, key === ahead ? 1 : -1)) }
  const sign = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
  if (sign === 0) return null
  if (view === 'agenda') return { ...at, day: within(addDays(at.day, sign)) }
  if (view === 'month') return { ...at, day: within(addDays(at.day, 7 * sign)) }
  if (at.minute === null) return sign > 0 ? { ...at, minute: opens } : null
  const minute = at.minute + sign * STEP
  return minute < 0 || minute >= DAY_MINUTES ? null : { ...at, minute }
}

/** Where the arrows lead from a day of the month, in whole days. */
export function dayByKey(key: string, isRtl: boolean): number | null {
  switch (key) {
    case 'ArrowLeft':
      return isRtl ? 1 : -1
    case 'ArrowRight':
      return isRtl ? -1 : 1
    case 'ArrowUp':
      return -7
    case 'ArrowDown':
      return 7
    default:
      return null
  }
}

/** Only what is still to be done can be moved; a day on which it comes again follows its task. */
export const canMove = ({ type, status }: Pick<Entry, 'type' | 'status'>): boolean =>
  type === 'task' && status === 'open'

/** Lines of a cell: how many entries stand in it, and how many more there are. */
export function cellLines(total: number, loaded: number, lines: number): { shown: number; more: number } {
  const room = total > lines ? Math.max(0, lines - 1) : lines
  const shown = Math.min(loaded, room)
  return { shown, more: total - shown }
}

/** Its day went by, or its hour of today. */
export function isLate(
  day: string,
  { type, status, minute }: Day['entries'][number],
  now: { day: string; minute: number },
): boolean {
  if (type !== 'task' || status !== 'open') return false
  return day < now.day || (day === now.day && minute !== null && minute < now.minute)
}
