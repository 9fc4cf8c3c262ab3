import type { CalendarHoliday, HolidayFault } from '../../../shared/contract/calendar.ts'
import { formatDay } from '../../../shared/domain/format.ts'
import { fromJalali, type IsoDay, isValidJalali, toJalali } from '../../../shared/domain/jalali.ts'
import { fold, tidy, toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { csvCell } from '../exports/csv.ts'
import { delimiterOf, recordsOf } from '../imports/parse/delimited.ts'

export interface FileHoliday {
  date: IsoDay
  name: string
  kind: 'off' | 'day'
}
type Reason = HolidayFault['reason']
const NAME_MOST = 100
/** What may stand in the third column of such a file, folded: data, in both languages whatever the screen's is. */
const KINDS: Readonly<Record<string, FileHoliday['kind']>> = {
  '': 'off',
  off: 'off',
  holiday: 'off',
  تعطیل: 'off',
  1: 'off',
  day: 'day',
  مناسبت: 'day',
  0: 'day',
}

/**
 * The holidays of a text: CSV with date, name and (if there) kind, or JSON with the same. Jalali or ISO days, any digits. A first line without a
 * date is the header. Lines that cannot be taken come back with their number (from 1) and why.
 */
export function readHolidays(text: string): { good: FileHoliday[]; bad: HolidayFault[] } {
  const good: FileHoliday[] = []
  const bad: HolidayFault[] = []
  for (const { line, cells } of linesOf(text.replace(/^\uFEFF/, ''))) {
    const read = readLine(cells)
    if (typeof read !== 'string') good.push(read)
    else if (line > 1 || /\d/.test(toLatinDigits(cells[0] ?? '')))
      bad.push({ line, text: cells.join(', ').slice(0, 200), reason: read })
  }
  return { good, bad }
}

interface Line {
  line: number
  cells: string[]
}

function linesOf(text: string): Line[] {
  if (/^\s*[[{]/.test(text)) return fromJson(text)
  const lines = `${text.replace(/\r\n?/g, '\n').replaceAll('،', ',')}\n`
  return [...recordsOf([lines], delimiterOf(lines))].map(({ row, cells }) => ({ line: row, cells }))
}

function fromJson(text: string): Line[] {
  try {
    const read = JSON.parse(text) as unknown
    const items = Array.isArray(read) ? read : Object.entries(read as object).map(([date, name]) => ({ date, name }))
    return items.map((item, i) => {
      const { date, name, kind } = (item ?? {}) as Record<string, unknown>
      return { line: i + 1, cells: [date, name, kind].map((v) => (typeof v === 'string' ? v : '')) }
    })
  } catch {
    return [{ line: 2, cells: [text.slice(0, 100)] }]
  }
}

function readLine([date = '', name = '', kind = '']: string[]): FileHoliday | Reason {
  if (date.trim() === '') return 'NO_DATE'
  const day = readDate(date)
  if (day === null) return 'BAD_DATE'
  const tidied = tidy(name)
  if (tidied === '') return 'NO_NAME'
  if (tidied.length > NAME_MOST) return 'LONG_NAME'
  const known = KINDS[toLatinDigits(fold(kind)).trim()]
  return known ? { date: day, name: tidied, kind: known } : 'BAD_KIND'
}

/** 1405/1/13, ۱۴۰۵-۰۱-۱۳ or 2026-04-02; null when it is no day of 1206..1498. */
function readDate(text: string): IsoDay | null {
  const parts = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(toLatinDigits(text).trim())
  if (!parts) return null
  const [y, m, d] = parts.slice(1).map(Number) as [number, number, number]
  if (y < 1900) return isValidJalali(y, m, d) ? fromJalali(y, m, d) : null
  const iso = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
  try {
    toJalali(iso)
    return iso
  } catch {
    return null
  }
}

/** The same as CSV; `readHolidays` reads it. */
export function holidayCsv(holidays: readonly CalendarHoliday[]): string {
  const lines = holidays.map(({ day, name, off }) => [formatDay(day, 'en', 'numeric'), name.fa, off ? 'off' : 'day'])
  return [['date', 'name', 'kind'], ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}
