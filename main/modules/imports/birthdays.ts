import { addDays, type IsoDay, isIsoDay, isValidJalali, parseDay, toJalali } from '../../../shared/domain/jalali.ts'
import { fold, tidy } from '../../../shared/domain/persian-text.ts'

export interface Birth {
  jy: number | null
  jm: number
  jd: number
}

/** A year with the right days for a birthday that has none: 20 March is 30 Esfand only in a leap year. */
const ANY_YEAR = 2023

/**
 * Jalali or Gregorian text (1370/5/3, ۷۰/۵/۳, «۳ مرداد ۱۳۷۰», 3 Aug 1991), an Excel serial, a vCard day (19900521, --0521), or month and day
 * alone; null when it is none of them. `monthFirst`: of a Gregorian day whose first two numbers could be either, as Outlook writes it.
 */
export function birthIn(cell: string, today: IsoDay, monthFirst = false): Birth | null {
  const text = fold(tidy(cell))
    .replace(/t\d{2}[:\d.z+-]*$/, '')
    .replace(/[ ,]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[ap]\.?m\.?)?$/, '')
    .trim()
    .replace(/^(\d{4})\s+(\p{L}+)\s+(\d{1,2})$/u, '$3 $2 $1')
  if (!/\d/.test(text)) return null
  const yearless = /^--(\d{2})-?(\d{2})$/.exec(text)
  if (yearless) return withoutYear(Number(yearless[1]), Number(yearless[2]))
  const gregorian = named(text, today)
  if (gregorian) return gregorian.iso === null ? gregorian.birth : born(gregorian.iso, today)
  const spoken = jalaliWithoutYear(text, today)
  if (spoken) return spoken
  const swapped = monthFirst ? text.replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, isoOf) : text
  return born(fromSerial(swapped) ?? parseDay(swapped, today), today)
}

const isoOf = (_: string, m: string, d: string, y: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`

function born(iso: IsoDay | null, today: IsoDay): Birth | null {
  if (iso === null || iso > today) return null
  try {
    return toJalali(iso)
  } catch {
    return null
  }
}

function withoutYear(month: number, day: number): Birth | null {
  const iso = `${ANY_YEAR}-${two(month)}-${month === 2 && day === 29 ? '28' : two(day)}`
  if (!isIsoDay(iso)) return null
  const { jm, jd } = toJalali(iso)
  return { jy: null, jm, jd }
}

const two = (n: number) => String(n).padStart(2, '0')

/** Days since 1899-12-30, as Excel counts; only for days of living people's births. */
function fromSerial(text: string): IsoDay | null {
  if (!/^\d{4,5}(\.\d+)?$/.test(text)) return null
  const n = Math.floor(Number(text))
  return n >= 3_000 && n < 60_000 ? addDays('1899-12-30', n) : null
}

const GREGORIAN: ReadonlyArray<readonly string[]> = [
  ['january', 'jan', 'ژانویه'],
  ['february', 'feb', 'فوریه'],
  ['march', 'mar', 'مارس'],
  ['april', 'apr', 'اوریل'],
  ['may', 'مه', 'می'],
  ['june', 'jun', 'ژوین'],
  ['july', 'jul', 'ژوییه', 'جولای'],
  ['august', 'aug', 'اوت', 'اگوست'],
  ['september', 'sep', 'sept', 'سپتامبر'],
  ['october', 'oct', 'اکتبر'],
  ['november', 'nov', 'نوامبر'],
  ['december', 'dec', 'دسامبر'],
]

/** «3 Aug 1991», «August 3, 1991», «۳ اوت ۱۹۹۱», «3-Aug»; null: no Gregorian month is named. */
function named(text: string, today: IsoDay): { iso: IsoDay | null; birth: Birth | null } | null {
  const word = /\p{L}+/u.exec(text)?.[0]
  const month = word === undefined ? -1 : GREGORIAN.findIndex((names) => names.includes(word))
  if (month < 0) return null
  const numbers = (text.match(/\d+/g) ?? []).map(Number)
  const year = numbers.find((n) => n >= 1900) ?? shortYear(numbers, today)
  const day = numbers[0] === year ? numbers[1] : numbers[0]
  if (day === undefined || numbers.length > 2) return { iso: null, birth: null }
  if (year === undefined) return { iso: null, birth: numbers.length === 1 ? withoutYear(month + 1, day) : null }
  const iso = `${year}-${two(month + 1)}-${two(day)}`
  return { iso: isIsoDay(iso) ? iso : null, birth: null }
}

/** «25-Jul-91»: of this century only where it is past. */
function shortYear(numbers: number[], today: IsoDay): number | undefined {
  const last = numbers[1]
  if (last === undefined) return undefined
  return last <= Number(today.slice(2, 4)) ? 2000 + last : 1900 + last
}

/** «۳ مرداد», «مرداد ۳», «05/03» (month/day where both could be): the day of a year that nobody wrote down. */
function jalaliWithoutYear(text: string, today: IsoDay): Birth | null {
  const numbers = text.match(/\d+/g) ?? []
  if (numbers.some((n) => n.length > 2)) return null
  if (numbers.length === 1 && /\p{L}{2}/u.test(text)) {
    const day = numbers[0]!
    const month = text.replace(day, ' ').trim()
    const iso = parseDay(`${day} ${month}`, today)
    if (iso === null || !/^(\S+|\S+ ماه)$/.test(month)) return null
    const { jm, jd } = toJalali(iso)
    return jd === Number(day) ? { jy: null, jm, jd } : null
  }
  const pair = /^(\d{1,2})[/.-](\d{1,2})$/.exec(text)
  if (!pair) return null
  const [a, b] = [Number(pair[1]), Number(pair[2])]
  // A leap year, as 30 Esfand is a birthday too.
  if (isValidJalali(1403, a, b)) return { jy: null, jm: a, jd: b }
  return isValidJalali(1403, b, a) ? { jy: null, jm: b, jd: a } : null
}
