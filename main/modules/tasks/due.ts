import { instantOf as instantAt } from '../../../shared/domain/instants.ts'
import { type IsoDay, toJalali } from '../../../shared/domain/jalali.ts'
import type { Db } from '../../db/open.ts'
import { fail } from '../../rpc/errors.ts'
import { businessValue } from '../settings/service.ts'

const MINUTE = 60_000

/** Minute of the day for tasks without a time: a setting of the business. */
export const dayBegins = (db: Db): number => businessValue(db, 'day_begins')

/** Epoch ms of a minute of a day in the business time zone; without a minute, when the day begins (`dayBegins`). */
export function instantOf(day: IsoDay, minute: number | null, begins: number): number {
  return instantAt(day, minute ?? begins)
}

/** Fails with DATE_OUT_OF_RANGE for a day that does not exist or is outside Jalali 1206–1498. */
export function checkDay(day: IsoDay): void {
  try {
    toJalali(day)
  } catch (error) {
    if (error instanceof RangeError) fail('DATE_OUT_OF_RANGE')
    throw error
  }
}

interface Rings {
  before: number
  snoozed_at: number | null
  deleted: number
}
interface Due {
  status: string
  due_date: string | null
  due_minute: number | null
  deleted: number
}

/** reminder.at: when it rings (epoch ms); null when its task is closed, deleted or has neither a day nor a snooze. @param begins see dayBegins */
export function ringsAt(reminder: Rings, task: Due | undefined, begins: number): number | null {
  if (!task || task.deleted === 1 || reminder.deleted === 1 || task.status !== 'open') return null
  if (reminder.snoozed_at !== null) return reminder.snoozed_at
  return task.due_date === null ? null : instantOf(task.due_date, task.due_minute, begins) - reminder.before * MINUTE
}
