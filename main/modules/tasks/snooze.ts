import { dayOf } from '../../../shared/domain/jalali.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { checkDay, dayBegins, instantOf } from './due.ts'
import { addReminder, deriveReminders, snoozeReminder } from './reminders.ts'
import { taskOf, updateTaskTx } from './write.ts'

export type Until = { minutes: number } | { date: string; minute: number | null }

/**
 * Lets a task ring later. Put off to a day after today and after its own, the task itself is for that day then; within the day only its reminder
 * moves. Gives when it rings (epoch ms). Fails with NOT_FOUND, DATE_OUT_OF_RANGE (also for a time that has gone by).
 */
export function snoozeTx(tx: Tx, id: string, until: Until): number {
  const before = taskOf(tx, id)
  if (before.deleted === 1 || before.status !== 'open') fail('NOT_FOUND', { kind: 'task' })
  if ('date' in until) checkDay(until.date)
  const at = 'date' in until ? instantOf(until.date, until.minute, dayBegins(tx.db)) : tx.now + until.minutes * 60_000
  if (at <= tx.now) fail('DATE_OUT_OF_RANGE')
  const isLaterDay =
    'date' in until && until.date > dayOf(tx.now) && before.due_date !== null && until.date > before.due_date
  if (isLaterDay) {
    updateTaskTx(tx, id, { due_date: until.date, due_minute: until.minute ?? before.due_minute })
    const rings = tx.db.prepare('SELECT 1 FROM reminder WHERE task_id = ? AND deleted = 0').get(id)
    if (!rings) addReminder(tx, id, 0)
  } else snoozeReminder(tx, id, at)
  deriveReminders(tx, id)
  return isLaterDay ? (ringOf(tx, id) ?? at) : at
}

const ringOf = (tx: Tx, id: string): number | null =>
  (
    tx.db.prepare('SELECT min(at) AS at FROM reminder WHERE task_id = ? AND at > ?').get(id, tx.now) as {
      at: number | null
    }
  ).at
