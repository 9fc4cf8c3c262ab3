import { type calendar, RANGE_MOST } from '../../../shared/contract/calendar.ts'
import { LUNAR_YEARS } from '../../../shared/domain/holidays.ts'
import { daysInJalaliMonth, fromJalali } from '../../../shared/domain/jalali.ts'
import { writeChanged } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { holidayCsv, readHolidays } from './holiday-file.ts'
import { editsBetween, holidaysIn, namesOf } from './holidays.ts'
import { checkRange, range } from './range.ts'
import {
  addHolidayTx,
  hideHolidayTx,
  importHolidaysTx,
  moveHolidayTx,
  removeHolidayTx,
  updateHolidayTx,
} from './write.ts'

/** Bad lines of a file that come back. */
const BAD_MOST = 200

const daysOf = (jy: number) => [fromJalali(jy, 1, 1), fromJalali(jy, 12, daysInJalaliMonth(jy, 12))] as const

export const calendarService: Service<typeof calendar> = {
  range,
  holidays(ctx, { from, to }) {
    checkRange(from, to, 4 * RANGE_MOST)
    return holidaysIn(ctx.db, from, to)
  },
  year(ctx, { year }) {
    const [from, to] = daysOf(year)
    const hidden = editsBetween(ctx.db, from, to).filter(({ kind }) => kind === 'hidden')
    return {
      holidays: holidaysIn(ctx.db, from, to),
      hidden: hidden.map(({ id, date, name }) => ({ id, day: date, name: namesOf(name) })),
      lunar: year >= LUNAR_YEARS.first && year <= LUNAR_YEARS.last,
    }
  },
  addHoliday(ctx, input) {
    const { result, change } = writeChanged(ctx, 'calendar.addHoliday', (tx) => addHolidayTx(tx, input))
    return { change, id: result }
  },
  updateHoliday(ctx, { id, patch }) {
    const { change } = writeChanged(ctx, 'calendar.updateHoliday', (tx) => updateHolidayTx(tx, id, patch))
    return { change }
  },
  removeHoliday(ctx, { id }) {
    const { change } = writeChanged(ctx, 'calendar.removeHoliday', (tx) => removeHolidayTx(tx, id))
    return { change }
  },
  hideHoliday(ctx, { date, name }) {
    const { change } = writeChanged(ctx, 'calendar.hideHoliday', (tx) => hideHolidayTx(tx, date, name))
    return { change }
  },
  moveHoliday(ctx, { date, name, to }) {
    const { change } = writeChanged(ctx, 'calendar.moveHoliday', (tx) => moveHolidayTx(tx, date, name, to))
    return { change }
  },
  importHolidays(ctx, { text }) {
    const { good, bad } = readHolidays(text)
    const { result, change } = writeChanged(ctx, 'calendar.importHolidays', (tx) => importHolidaysTx(tx, good))
    return { change, ...result, bad: bad.slice(0, BAD_MOST), bad_total: bad.length }
  },
  exportHolidays: (ctx, { year }) => ({ text: holidayCsv(holidaysIn(ctx.db, ...daysOf(year))) }),
}
