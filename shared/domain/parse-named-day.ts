import { daysInJalaliMonth, fromJalali, type IsoDay, isIsoDay, weekday } from './jalali-calendar.ts'
import { fullYear, nearestDay } from './nearest-day.ts'
import { MONTH, monthNumber } from './parse-period.ts'
import { WEEKDAY } from './parse-weekday.ts'
import { cardinal, ordinal } from './spoken-numbers.ts'

/** «۱ آذر ۱۴۰۵», «یکشنبه اول آذرماه», «15 azar», «نوروز», «25 November». */
export function namedDay(s: string, today: IsoDay): IsoDay | null {
  return occasion(s, today) ?? withMonthName(s, today) ?? withGregorianMonth(s, today)
}

const OCCASIONS: Readonly<Record<string, readonly [number, number]>> = {
  نوروز: [1, 1],
  عید: [1, 1],
  'عید نوروز': [1, 1],
  'اول عید': [1, 1],
  nowruz: [1, 1],
  norooz: [1, 1],
  'سیزده بدر': [1, 13],
  سیزدهبدر: [1, 13],
  'سیزده به در': [1, 13],
  '13 بدر': [1, 13],
  '13 به در': [1, 13],
  'بعد عید': [1, 14],
  'بعد از عید': [1, 14],
  'بعد از نوروز': [1, 14],
  'بعد از تعطیلات عید': [1, 14],
  'بعد از سیزده': [1, 14],
  'بعد از 13': [1, 14],
  یلدا: [9, 30],
  'شب یلدا': [9, 30],
  'شب چله': [9, 30],
  yalda: [9, 30],
}

/** Days with names of their own. «شب عید» is the last day of the year, «بعد از عید» the first after the thirteenth. */
function occasion(s: string, today: IsoDay): IsoDay | null {
  const fixed = OCCASIONS[s]
  if (fixed) return nearestDay(today, (jy) => [jy, fixed[0], fixed[1]])
  if (s === 'شب عید') return nearestDay(today, (jy) => [jy, 12, daysInJalaliMonth(jy, 12)])
  if (s === 'چهارشنبه سوری') {
    return nearestDay(today, (jy) => {
      const length = daysInJalaliMonth(jy, 12)
      // the eve of the last Wednesday of the year
      const wednesday = length - ((weekday(fromJalali(jy, 12, length)) - 4 + 7) % 7)
      return [jy, 12, wednesday - 1]
    })
  }
  return null
}

const SLASHED = new RegExp(`(\\d)[/-](${MONTH})`)
const WITH_MONTH = new RegExp(
  `^(?:(?:${WEEKDAY}) )?(.+?) ?(?:ماه |of )?(${MONTH})(?: ?ماه)?(?:[ /-](?:سال )?(\\d{2,4}))?$`,
)

function withMonthName(s: string, today: IsoDay): IsoDay | null {
  const [, dayText, monthName, yearText] = WITH_MONTH.exec(s.replace(SLASHED, '$1 $2')) ?? []
  if (!dayText || !monthName) return null
  const jd = ordinal(dayText) ?? cardinal(dayText)
  const jm = monthNumber(monthName)
  if (jd === null) return null
  if (yearText) return fromJalali(fullYear(yearText, today), jm, jd)
  return nearestDay(today, (jy) => [jy, jm, jd])
}

const GREGORIAN = new Map<string, number>()
for (const names of [
  'ژانویه فوریه مارس اوریل مه ژوین ژوییه اوت سپتامبر اکتبر نوامبر دسامبر',
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep oct nov dec',
  'ژانویه فوریه مارس اوریل می ژوین جولای اگوست سپتامبر اکتبر نوامبر دسامبر',
])
  names.split(' ').forEach((name, i) => void GREGORIAN.set(name, i + 1))
const NAMES = [...GREGORIAN.keys()].sort((a, b) => b.length - a.length).join('|')
const WITH_GREGORIAN = new RegExp(`^(?:(?:${WEEKDAY}) )?(?:(\\S+) (?:of )?(${NAMES})|(${NAMES}) (\\S+))(?: (\\d{4}))?$`)

function withGregorianMonth(s: string, today: IsoDay): IsoDay | null {
  const [, before, first, second, after, year] = WITH_GREGORIAN.exec(s) ?? []
  const name = first ?? second
  const said = before ?? after
  if (!name || !said) return null
  const day = ordinal(said) ?? cardinal(said)
  if (day === null) return null
  const two = (n: number) => String(n).padStart(2, '0')
  const isoIn = (y: number): IsoDay => `${y}-${two(GREGORIAN.get(name)!)}-${two(day)}`
  if (year) return Number(year) >= 1900 && isIsoDay(isoIn(Number(year))) ? isoIn(Number(year)) : null
  const thisYear = Number(today.slice(0, 4))
  return [isoIn(thisYear), isoIn(thisYear + 1)].find((iso) => isIsoDay(iso) && iso >= today) ?? null
}
