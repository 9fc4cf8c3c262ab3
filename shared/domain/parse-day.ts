import { MONTH_NAMES, WEEKDAY_NAMES } from './calendar-names.ts'
import {
  addDays,
  addJalaliMonths,
  daysInJalaliMonth,
  fromJalali,
  type IsoDay,
  isIsoDay,
  isValidJalali,
  toJalali,
  weekday,
} from './jalali-calendar.ts'
import { SMALL_NUMBERS } from './number-words.ts'
import { fold } from './persian-text.ts'

/**
 * A day as people type, paste or say it, in any digits; null when it is not understood, never a guess beyond these rules:
 * - three numbers: year/month/day; day/month/year when only that is possible or the first number has one digit
 *   (1/9/05). A year from 1900 on is Gregorian; two digits mean the year from 80 before to 19 after today's; 405 is 1405.
 * - two numbers: day/month (month/day when only that is possible), as «۱ آذر» on the nearest such day from today on,
 *   within a year.
 * - a weekday: the next one after today; with «گذشته» or «قبل» the last one before today; «هفته بعد» counts whole weeks from Saturday.
 */
export function parseDay(text: string, today: IsoDay): IsoDay | null {
  const s = normalised(text)
  if (s === '') return null
  try {
    return (
      spoken(s, today) ?? edgeOfPeriod(s, today) ?? byWeekday(s, today) ?? withMonthName(s, today) ?? numeric(s, today)
    )
  } catch (e) {
    if (e instanceof RangeError) return null
    throw e
  }
}

function normalised(text: string): string {
  return fold(text)
    .replace(/[t ،,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(z|[+-]\d{2}:?\d{2})?$/, '')
    .replace(/[\s\u200c،,]+/g, ' ')
    .replace(/(روز|هفته|ماه|سال) ی /g, '$1 ')
    .replace(/(یک|دو|سه|چهار|پنج) شنبه/g, '$1شنبه')
    .replace(/ ?([/.\-\u2010-\u2015\u2212]) ?/g, (_, c: string) => (c === '/' || c === '.' ? c : '-'))
    .trim()
}

const NUMBER_WORDS = new Map<string, number>([
  ['یه', 1],
  ['اول', 1],
  ['سوم', 3],
  ['شیش', 6],
  ['هیجده', 18],
  ['پونزده', 15],
  ['چهل', 40],
  ['چهلوپنج', 45],
  ['شصت', 60],
  ['نود', 90],
  ['صد', 100],
])
for (let n = 1; n < 40; n++) {
  const tens = n < 20 ? '' : n < 30 ? 'بیست' : 'سی'
  const unit = SMALL_NUMBERS[n < 20 ? n : n % 10]!
  const word = tens && unit ? `${tens}و${unit}` : tens + unit
  NUMBER_WORDS.set(word, n)
  NUMBER_WORDS.set(word.endsWith('سه') ? `${word.slice(0, -2)}سوم` : word === 'سی' ? 'سیام' : `${word}م`, n)
}

/** 15, «پانزده», «پانزدهم», «۱۵ام», «بیست و پنجم». */
function number(word: string): number | null {
  const plain = word.replaceAll(' ', '').replace(/^(\d+)(ام|م|th|st|nd|rd)$/, '$1')
  return /^\d{1,4}$/.test(plain) ? Number(plain) : (NUMBER_WORDS.get(plain) ?? null)
}

const DAY_WORDS: Readonly<Record<string, number>> = {
  امروز: 0,
  امشب: 0,
  'همین امروز': 0,
  فردا: 1,
  'فردا شب': 1,
  'پس فردا': 2,
  پسفردا: 2,
  دیروز: -1,
  دیشب: -1,
  پریروز: -2,
  'پری روز': -2,
  today: 0,
  tomorrow: 1,
  yesterday: -1,
}
const LATER = 'دیگه|دیگر|بعد|بعدی|اینده|later'
const EARLIER = 'پیش|قبل|قبلی|گذشته|ago'
const SPAN = new RegExp(`^(?:(.+?) ?)?(روز|هفته|ماه|سال|days?|weeks?|months?|years?) ?(${LATER}|${EARLIER})$`)
const ENGLISH_SPAN = /^(?:in (.+)|(next|last)) (day|week|month|year)s?$/

/** «فردا», «۳ روز دیگه», «دو هفته پیش», «ماه بعد», 'in 3 days'. */
function spoken(s: string, today: IsoDay): IsoDay | null {
  const word = DAY_WORDS[s]
  if (word !== undefined) return addDays(today, word)
  const persian = SPAN.exec(s)
  const english = ENGLISH_SPAN.exec(s)
  if (!persian && !english) return null
  const count = persian ? persian[1] : english?.[1]
  const n = count === undefined ? 1 : number(count)
  if (n === null) return null
  const back = persian ? new RegExp(`^(${EARLIER})$`).test(persian[3]!) : english?.[2] === 'last'
  return addSpan(today, back ? -n : n, (persian?.[2] ?? english?.[3])!)
}

function addSpan(today: IsoDay, n: number, unit: string): IsoDay {
  if (/^(روز|day)/.test(unit)) return addDays(today, n)
  if (/^(هفته|week)/.test(unit)) return addDays(today, 7 * n)
  return addJalaliMonths(today, /^(ماه|month)/.test(unit) ? n : 12 * n)
}

const MONTHS = new Map<string, number>([['امرداد', 5]])
for (const names of Object.values(MONTH_NAMES)) names.forEach((name, i) => void MONTHS.set(fold(name), i + 1))
const MONTH = [...MONTHS.keys()].join('|')
const EDGE = new RegExp(`^(اول|اخر|پایان|سر) (?:این |همین )?(هفته|ماه|سال|${MONTH})( (?:${LATER}))?$`)

/** «آخر ماه», «اول ماه بعد», «آخر هفته» (Friday), «آخر آذر». A beginning that is past means the next one. */
function edgeOfPeriod(s: string, today: IsoDay): IsoDay | null {
  const [, edge, period, next] = EDGE.exec(s) ?? []
  if (!edge || !period) return null
  const end = edge === 'اخر' || edge === 'پایان'
  if (period === 'هفته') {
    const saturday = addDays(today, -weekday(today) + (next ? 7 : 0))
    return end ? addDays(saturday, 6) : saturday < today ? addDays(saturday, 7) : saturday
  }
  const month = MONTHS.get(period)
  if (month) return nearest(today, (jy) => (end ? [jy, month, daysInJalaliMonth(jy, month)] : [jy, month, 1]))
  const base = toJalali(next ? addJalaliMonths(today, period === 'ماه' ? 1 : 12) : today)
  const jm = period === 'ماه' ? base.jm : end ? 12 : 1
  if (end) return fromJalali(base.jy, jm, daysInJalaliMonth(base.jy, jm))
  const first = fromJalali(base.jy, jm, 1)
  return first < today ? addJalaliMonths(first, period === 'ماه' ? 1 : 12) : first
}

const WEEKDAYS = new Map<string, number>()
for (const names of Object.values(WEEKDAY_NAMES)) {
  names.forEach((name, i) => void WEEKDAYS.set(fold(name).replace('\u200c', ''), i))
}
const WEEKDAY = [...WEEKDAYS.keys()].sort((a, b) => b.length - a.length).join('|')
const BY_WEEKDAY = new RegExp(`^(?:این |همین |روز |next )?(${WEEKDAY})( هفته)?(?: (?:(${LATER})|(${EARLIER})))?$`)

function byWeekday(s: string, today: IsoDay): IsoDay | null {
  const [, name, ofWeek, later, earlier] = BY_WEEKDAY.exec(s) ?? []
  if (!name) return null
  const wanted = WEEKDAYS.get(name)!
  if (ofWeek) {
    if (!later && !earlier) return null
    return addDays(today, wanted - weekday(today) + (later ? 7 : -7))
  }
  const ahead = (wanted - weekday(today) + 7) % 7
  if (earlier) return addDays(today, ahead === 0 ? -7 : ahead - 7)
  return addDays(today, ahead === 0 ? 7 : ahead)
}

const WITH_MONTH = new RegExp(`^(?:(?:${WEEKDAY}) )?(.+?) ?(?:ماه )?(${MONTH})(?: ?ماه)?(?:[ /-](?:سال )?(\\d{2,4}))?$`)

/** «۱ آذر ۱۴۰۵», «یکشنبه اول آذرماه», «15 azar». */
function withMonthName(s: string, today: IsoDay): IsoDay | null {
  const [, dayText, monthName, yearText] = WITH_MONTH.exec(s.replace(new RegExp(`(\\d)[/-](${MONTH})`), '$1 $2')) ?? []
  if (!dayText || !monthName) return null
  const jd = number(dayText)
  const jm = MONTHS.get(monthName)!
  if (jd === null) return null
  if (yearText) return fromJalali(fullYear(yearText, today), jm, jd)
  return nearest(today, (jy) => [jy, jm, jd])
}

function nearest(today: IsoDay, dayIn: (jy: number) => [number, number, number]): IsoDay | null {
  const { jy } = toJalali(today)
  for (const year of [jy, jy + 1]) {
    const [y, m, d] = dayIn(year)
    if (isValidJalali(y, m, d) && fromJalali(y, m, d) >= today) return fromJalali(y, m, d)
  }
  return null
}

function fullYear(text: string, today: IsoDay): number {
  const y = Number(text)
  if (text.length >= 4) return y
  if (text.length === 3) return y + 1000
  const earliest = toJalali(today).jy - 80
  return earliest + ((((y - earliest) % 100) + 100) % 100)
}

function numeric(s: string, today: IsoDay): IsoDay | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(s)
  const parts = compact ? compact.slice(1) : s.split(/[/.\- ]/)
  if (!parts.every((p) => /^\d{1,4}$/.test(p))) return null
  const [a, b, c] = parts
  if (parts.length === 2) {
    return nearest(today, (jy) => [jy, Number(b), Number(a)]) ?? nearest(today, (jy) => [jy, Number(a), Number(b)])
  }
  if (parts.length !== 3) return null
  return ymd(a!, b!, c!, today) ?? ymd(c!, b!, a!, today) ?? (Number(c) >= 1900 ? ymd(c!, a!, b!, today) : null)
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
