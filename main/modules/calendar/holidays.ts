import type { CalendarHoliday } from '../../../shared/contract/calendar.ts'
import {
  HOLIDAY_NAMES,
  type Holiday,
  type HolidayEdit,
  type HolidayKey,
  holidaysBetween,
} from '../../../shared/domain/holidays.ts'
import type { IsoDay } from '../../../shared/domain/jalali.ts'
import type { Db } from '../../db/open.ts'

export type StoredEdit = HolidayEdit & { id: string }

/** What the business says of these days, in the order it was written. */
export function editsBetween(db: Db, from: IsoDay, to: IsoDay): StoredEdit[] {
  return db
    .prepare(
      'SELECT id, date, name, kind FROM holiday INDEXED BY holiday_date WHERE date BETWEEN ? AND ? AND deleted = 0 ORDER BY date, pk',
    )
    .all(from, to) as StoredEdit[]
}

/** The holidays of these days, both included, as the business has mended them. */
export function holidaysIn(db: Db, from: IsoDay, to: IsoDay): CalendarHoliday[] {
  const edits = editsBetween(db, from, to)
  // Those of the business come out in the order they went in.
  const written = edits.filter(({ kind }) => kind !== 'hidden')
  return holidaysBetween(from, to, edits).map((holiday) => {
    const at = holiday.own ? written.findIndex(({ date }) => date === holiday.day) : -1
    const [edit] = at < 0 ? [] : written.splice(at, 1)
    const { day, name, off, approximate, own } = holiday
    return { day, name: { ...name }, name_key: keyOf(holiday), off, approximate, own, id: edit?.id ?? null }
  })
}

export const keyOf = ({ key, name }: Pick<Holiday, 'key' | 'name'>): string => key ?? name.fa

/** Both names of a stored one, which may be the key of an official day. */
export function namesOf(name: string): { fa: string; en: string } {
  return Object.hasOwn(HOLIDAY_NAMES, name) ? { ...HOLIDAY_NAMES[name as HolidayKey] } : { fa: name, en: name }
}
