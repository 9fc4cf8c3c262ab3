import { MONTH_NAMES } from './calendar-names.ts'
import {
  addDays,
  addJalaliMonths,
  daysInJalaliMonth,
  fromJalali,
  type IsoDay,
  isValidJalali,
  toJalali,
  weekday,
} from './jalali-calendar.ts'
import { LATER, nearestDay } from './nearest-day.ts'
import { fold } from './persian-text.ts'
import { cardinal, ordinal } from './spoken-numbers.ts'

const MONTHS = new Map<string, number>([
  ['امرداد', 5],
  ['اردبیهشت', 2],
  ['ابانماه', 8],
])
for (const names of Object.values(MONTH_NAMES)) names.forEach((name, i) => void MONTHS.set(fold(name), i + 1))

/** Alternatives of a regular expression: every name of a Jalali month after `spokenText`. */
export const MONTH = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|')

/** 1..12, of a name that matched MONTH. */
export function monthNumber(name: string): number {
  return MONTHS.get(name)!
}

const EDGE = new RegExp(
  `^(اول|ابتدای|سر|اخر|اخرای|پایان|ته|وسط|وسطای|نیمه) (?:این |همین )?(هفته|ماه|برج|سال|${MONTH})(?: ماه)?( (?:${LATER}))?$`,
)
const ENGLISH_EDGE = new RegExp(
  `^(?:the )?(end|start|beginning|first|middle) of (?:the )?(?:(next) |this )?(week|month|year|${MONTH})$`,
)
const ENGLISH_PERIOD: Readonly<Record<string, string>> = { week: 'هفته', month: 'ماه', year: 'سال' }

type Edge = 'first' | 'middle' | 'last'

/** «آخر ماه», «سر برج», «اول ماه بعد», «نیمه آذر», «آخر هفته» (Friday), «پنجم ماه», «۲۵م». A past beginning means the next one. */
export function dayOfPeriod(s: string, today: IsoDay): IsoDay | null {
  const persian = EDGE.exec(s)
  const english = ENGLISH_EDGE.exec(s)
  if (persian) return edgeDay(edgeOf(persian[1]!), persian[2]!, persian[3] !== undefined, today)
  if (english) {
    return edgeDay(edgeOf(english[1]!), ENGLISH_PERIOD[english[3]!] ?? english[3]!, english[2] !== undefined, today)
  }
  return dayOfMonth(s, today)
}

function edgeOf(word: string): Edge {
  if (/^(اخر|پایان|ته|end)/.test(word)) return 'last'
  return /^(وسط|نیمه|middle)/.test(word) ? 'middle' : 'first'
}

function edgeDay(edge: Edge, period: string, next: boolean, today: IsoDay): IsoDay | null {
  if (period === 'هفته') {
    if (edge === 'middle') return null
    const saturday = addDays(today, -weekday(today) + (next ? 7 : 0))
    return edge === 'last' ? addDays(saturday, 6) : saturday < today ? addDays(saturday, 7) : saturday
  }
  const dayIn = (jy: number, jm: number) => (edge === 'last' ? daysInJalaliMonth(jy, jm) : edge === 'middle' ? 15 : 1)
  const month = MONTHS.get(period)
  if (month) return nearestDay(today, (jy) => [jy, month, dayIn(jy, month)])
  const monthly = period !== 'سال'
  if (!monthly && edge === 'middle') return null
  const base = toJalali(next ? addJalaliMonths(today, monthly ? 1 : 12) : today)
  const jm = monthly ? base.jm : edge === 'last' ? 12 : 1
  const day = fromJalali(base.jy, jm, dayIn(base.jy, jm))
  return day < today ? addJalaliMonths(day, monthly ? 1 : 12) : day
}

const OF_MONTH = new RegExp(`^(.+?) (این |همین )?(ماه|برج)( (?:${LATER}))?$`)

/** «پنجم ماه», «۵ برج», «۱۵ این ماه», «پنجم ماه بعد», «بیست و پنجم», «۲۵ام». «۵ ماه» is a length of time and no day. */
function dayOfMonth(s: string, today: IsoDay): IsoDay | null {
  const [, said, of, unit, next] = OF_MONTH.exec(s) ?? []
  const place = ordinal(said ?? s)
  // «۱۵ ماه آینده» is the fifteenth, «۳ ماه آینده» a length of time
  const counted = of || unit === 'برج' || next !== undefined
  const jd = place ?? (said && counted ? cardinal(said) : null)
  if (jd === null || (!said && s === 'اول')) return null
  const { jy, jm } = toJalali(today)
  const from = jy * 12 + jm - 1
  const months = next ? [from + 1] : of ? [from] : [from, from + 1, from + 2]
  for (const m of months) {
    const [y, month] = [Math.floor(m / 12), (m % 12) + 1]
    if (!isValidJalali(y, month, jd)) continue
    const day = fromJalali(y, month, jd)
    if (day >= today || of) return day
  }
  return null
}
