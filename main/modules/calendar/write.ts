import { fold, ZWNJ } from '../../../shared/domain/persian-text.ts'
import { byId, insert, type Patch, patch, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { checkDay } from '../tasks/due.ts'
import type { FileHoliday } from './holiday-file.ts'
import { editsBetween, holidaysIn } from './holidays.ts'
import { holiday } from './table.ts'

const same = (a: string, b: string) => loose(a) === loose(b)
const loose = (text: string) => fold(text).replaceAll(ZWNJ, ' ').replace(/\s+/g, ' ').trim()

/** Fails with DATE_OUT_OF_RANGE, and with NAME_TAKEN when the business has it already. */
export function addHolidayTx(tx: Tx, input: FileHoliday): string {
  checkDay(input.date)
  const there = editsBetween(tx.db, input.date, input.date)
  if (there.some(({ name, kind }) => kind !== 'hidden' && same(name, input.name))) fail('NAME_TAKEN')
  return insert(tx, holiday, input).id
}

function ownOf(tx: Tx, id: string) {
  const row = byId(tx.db, holiday, id)
  return row && row.deleted === 0 ? row : fail('NOT_FOUND', { kind: 'holiday' })
}

/** Fails with NOT_FOUND, DATE_OUT_OF_RANGE. */
export function updateHolidayTx(tx: Tx, id: string, values: Patch<typeof holiday>): void {
  ownOf(tx, id)
  if (values.date) checkDay(values.date)
  patch(tx, holiday, id, values)
}

/** Fails with NOT_FOUND. */
export function removeHolidayTx(tx: Tx, id: string): void {
  ownOf(tx, id)
  remove(tx, holiday, id)
}

/** A computed one is not kept on that day. Fails with NOT_FOUND when there is none of that name, DATE_OUT_OF_RANGE. */
export function hideHolidayTx(tx: Tx, date: string, name: string): void {
  const found = computedOf(tx, date, name)
  insert(tx, holiday, { date, name: found.name_key, kind: 'hidden' })
}

/** The same on another day. Fails as hideHolidayTx does. */
export function moveHolidayTx(tx: Tx, date: string, name: string, to: string): void {
  checkDay(to)
  if (to === date) return
  const { name_key, off } = computedOf(tx, date, name)
  insert(tx, holiday, { date, name: name_key, kind: 'hidden' })
  insert(tx, holiday, { date: to, name: name_key, kind: off ? 'off' : 'day' })
}

function computedOf(tx: Tx, date: string, name: string) {
  checkDay(date)
  const found = holidaysIn(tx.db, date, date).find(
    (h) => !h.own && [h.name_key, h.name.fa, h.name.en].some((n) => same(n, name)),
  )
  return found ?? fail('NOT_FOUND', { kind: 'holiday' })
}

/** Writes those that are not there yet, and says how many were. What the calendar is sure of needs no row. */
export function importHolidaysTx(tx: Tx, holidays: readonly FileHoliday[]): { added: number; same: number } {
  const done = { added: 0, same: 0 }
  for (const one of holidays) {
    const there = holidaysIn(tx.db, one.date, one.date).some(
      (h) =>
        !h.approximate &&
        h.off === (one.kind === 'off') &&
        [h.name_key, h.name.fa, h.name.en].some((n) => same(n, one.name)),
    )
    if (there) done.same++
    else {
      insert(tx, holiday, { ...one })
      done.added++
    }
  }
  return done
}
