import {
  addDays,
  addJalaliMonths,
  fromJalali,
  type IsoDay,
  isIsoDay,
  isValidJalali,
  toJalali,
} from './jalali-calendar.ts'
import { EARLIER, fullYear, LATER, nearestDay } from './nearest-day.ts'
import { namedDay } from './parse-named-day.ts'
import { dayOfPeriod } from './parse-period.ts'
import { dayByWeekday } from './parse-weekday.ts'
import { fold } from './persian-text.ts'
import { cardinal } from './spoken-numbers.ts'
import { spokenText } from './spoken-text.ts'

/**
 * A day as people type, paste or say it, in any digits; null when it is not understood, never a guess beyond these rules:
 * - three numbers: year/month/day; day/month/year when only that is possible or the first number has one digit
 *   (1/9/05). A year from 1900 on is Gregorian; two digits mean the year from 80 before to 19 after today's; 405 is 1405.
 * - two numbers: day/month (month/day when only that is possible), as «۱ آذر» on the nearest such day from today on,
 *   within a year; an ordinal alone («پنجم», «۲۵ام») is the nearest such day of a month.
 * - a weekday: the next one after today; with «گذشته» or «قبل» the last one before today; «هفته بعد» counts whole weeks from Saturday.
 * A clock time behind a date is left out: `parseWhen` reads it. A day outside 1206..1498 is null.
 */
export function parseDay(text: string, today: IsoDay): IsoDay | null {
  const dateOnly = fold(text).replace(/^(\s*\d{4}-\d\d?-\d\d?)t\d.*$/, '$1')
  return readDay(spokenText(dateOnly).replace(/ \d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(z|[+-]\d{2}:?\d{2})?$/, ''), today)
}

/** `parseDay` for text that `spokenText` has prepared. */
export function readDay(spoken: string, today: IsoDay): IsoDay | null {
  const s = spoken.replace(/ همین روز$/, '').replace(/^(?:(?:همین|مورخ|تاریخ|روز) )+(?!بعد|قبل|هفته|ماه|برج)/, '')
  if (s === '') return null
  try {
    const day =
      nearWord(s, today) ?? dayOfPeriod(s, today) ?? dayByWeekday(s, today) ?? namedDay(s, today) ?? numeric(s, today)
    if (day !== null) toJalali(day)
    return day
  } catch (e) {
    if (e instanceof RangeError) return null
    throw e
  }
}

const DAY_WORDS: Readonly<Record<string, number>> = {
  امروز: 0,
  امشب: 0,
  'امروز شب': 0,
  فردا: 1,
  'فردا شب': 1,
  پسفردا: 2,
  'پسون فردا': 3,
  'پس اون فردا': 3,
  دیروز: -1,
  دیشب: -1,
  پریروز: -2,
  'پری روز': -2,
  پریشب: -2,
  today: 0,
  tonight: 0,
  tomorrow: 1,
  tmrw: 1,
  'day after tomorrow': 2,
  'the day after tomorrow': 2,
  yesterday: -1,
}
const SPAN = new RegExp(`^(?:(.+?) ?)?(روز|هفته|ماه|سال|days?|weeks?|months?|years?) ?(${LATER}|${EARLIER}|from now)$`)
const ENGLISH_SPAN = /^(?:in (.+)|(next|last)) (day|week|month|year)s?$/

/** «فردا», «۳ روز دیگه», «دو هفته پیش», «ماه بعد», 'in 3 days'. */
function nearWord(s: string, today: IsoDay): IsoDay | null {
  const word = DAY_WORDS[s]
  if (word !== undefined) return addDays(today, word)
  const persian = SPAN.exec(s.replace(/^برج /, 'ماه '))
  const english = ENGLISH_SPAN.exec(s)
  if (!persian && !english) return null
  const count = persian ? persian[1] : english?.[1]
  const n = count === undefined ? 1 : cardinal(count)
  if (n === null || (n > 12 && /^ماه (اینده|بعدی)$/.test(`${persian?.[2]} ${persian?.[3]}`))) return null
  const back = persian ? new RegExp(`^(${EARLIER})$`).test(persian[3]!) : english?.[2] === 'last'
  return addSpan(today, back ? -n : n, (persian?.[2] ?? english?.[3])!)
}

function addSpan(today: IsoDay, n: number, unit: string): IsoDay {
  if (/^(روز|day)/.test(unit)) return addDays(today, n)
  if (/^(هفته|week)/.test(unit)) return addDays(today, 7 * n)
  return addJalaliMonths(today, /^(ماه|month)/.test(unit) ? n : 12 * n)
}

function numeric(s: string, today: IsoDay): IsoDay | null {
  const [, a, , b, c] =
    /^(\d{4})()(\d{2})(\d{2})$/.exec(s) ?? /^(\d{1,4})([/.\- ])(\d{1,4})(?:\2(\d{1,4}))?$/.exec(s) ?? []
  if (!a || !b) return null
  if (!c) {
    return (
      nearestDay(today, (jy) => [jy, Number(b), Number(a)]) ?? nearestDay(today, (jy) => [jy, Number(a), Number(b)])
    )
  }
  return ymd(a, b, c, today) ?? ymd(c, b, a, today) ?? (Number(c) >= 1900 ? ymd(c, a, b, today) : null)
}

function ymd(year: string, month: string, day: string, today: IsoDay): IsoDay | null {
  if (year.length < 2 || month.length > 2 || day.length > 2) return null
  const y = fullYear(year, today)
  const [m, d] = [Number(month), Number(day)]
  if (y >= 1900) {
    const iso = `${y}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    return isIsoDay(iso) ? iso : null
  }
  return isValidJalali(y, m, d) ? fromJalali(y, m, d) : null
}
