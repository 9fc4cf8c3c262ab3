import { daysInJalaliMonth, FIRST_YEAR, type IsoDay, isValidJalali, LAST_YEAR, toJalali } from './jalali-calendar.ts'
import { fullYear } from './nearest-day.ts'
import { MONTH, monthNumber } from './parse-period.ts'
import { cardinal, ordinal } from './spoken-numbers.ts'
import { spokenText } from './spoken-text.ts'

/** A month has fewer days (`year` where it matters and was said or is this one), no day of that year is kept here, or no clock shows that hour. */
export type NoDay =
  | { code: 'MONTH_TOO_SHORT'; month: number; year: number; days: number }
  | { code: 'YEAR_OUT_OF_RANGE'; first: number; last: number }
  | { code: 'NO_SUCH_HOUR' }

const NUMBERS = /^(\d{1,4})[/.\- ](\d{1,2})(?:[/.\- ](\d{1,4}))?(?: |$)/
const NAMED = new RegExp(`^(\\S+) ?(${MONTH})(?: ?ماه)?(?:[ /-](?:سال )?(\\d{2,4}))?(?: |$)`)

const HOUR = /^(?:(?:سر|راس) )?ساعت (\d{2})(?:[: ]|$)/

/** Why a text that `parseDay` could not read is no day, when it looks like one: «۳۱ مهر», «1405/12/30», «1600/1/1», «ساعت ۲۵»; else null. */
export function whyNoDay(text: string, today: IsoDay): NoDay | null {
  const s = spokenText(text).trim()
  if (Number(HOUR.exec(s)?.[1]) > 24) return { code: 'NO_SUCH_HOUR' }
  const [, dayText, name, yearText] = NAMED.exec(s) ?? []
  if (dayText && name) return why(yearText, monthNumber(name), ordinal(dayText) ?? cardinal(dayText) ?? 0, today)
  const [, a, b, c] = NUMBERS.exec(s) ?? []
  if (!a || !b) return null
  if (c === undefined) {
    const [x, y] = [Number(a), Number(b)]
    // Day and month in the order in which they can be: 31/7 and 12/30.
    return y <= 12 ? why(undefined, y, x, today) : why(undefined, x, y, today)
  }
  return a.length >= 3 ? why(a, Number(b), Number(c), today) : why(c, Number(b), Number(a), today)
}

function why(yearText: string | undefined, month: number, day: number, today: IsoDay): NoDay | null {
  const year = yearText === undefined ? toJalali(today).jy : fullYear(yearText, today)
  // From 1900 on a year is Gregorian.
  if (month < 1 || month > 12 || day < 1 || day > 31 || year >= 1900) return null
  if (year < FIRST_YEAR || year > LAST_YEAR) return { code: 'YEAR_OUT_OF_RANGE', first: FIRST_YEAR, last: LAST_YEAR }
  if (isValidJalali(year, month, day)) return null
  return { code: 'MONTH_TOO_SHORT', month, year, days: daysInJalaliMonth(year, month) }
}
