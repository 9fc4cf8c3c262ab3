import type { IsoDay } from '../../../shared/domain/jalali.ts'
import type { Tx } from '../../db/write.ts'
import { dayBegins, instantOf } from './due.ts'

/** Reminders of open tasks without a time that ring at another time than the day's beginning (JSON: ISO day → epoch ms) says. */
const MOVED = `SELECT r.pk, r.id, r.at AS old, d.value - r.before * 60000 AS at
  FROM json_each(?) d
  JOIN task t ON t.due_date = d.key AND t.due_minute IS NULL AND t.status = 'open' AND t.deleted = 0
  JOIN reminder r ON r.task_id = t.id AND r.deleted = 0 AND r.snoozed_at IS NULL
  WHERE r.at IS NOT d.value - r.before * 60000`

/**
 * The hour for tasks without a time is another one: their reminders go along. What was answered stays answered; what was still to ring and whose
 * time has gone by with this rings now. Derived, nothing is logged.
 */
export function settingsChanged(tx: Tx, keys: readonly string[]): void {
  if (!keys.includes('day_begins')) return
  const begins = dayBegins(tx.db)
  const days = tx.db
    .prepare(
      `SELECT DISTINCT due_date AS day FROM task
       WHERE status = 'open' AND deleted = 0 AND due_date IS NOT NULL AND due_minute IS NULL`,
    )
    .all() as Array<{ day: IsoDay }>
  const starts = JSON.stringify(Object.fromEntries(days.map(({ day }) => [day, instantOf(day, null, begins)])))
  const { at: first } = tx.db
    .prepare(`SELECT min(at) AS at FROM (${MOVED}) WHERE (old IS NULL OR old > ?) AND at <= ?`)
    .get(starts, tx.now, tx.now) as { at: number | null }
  // All up to their mark has been given to these users.
  if (first !== null)
    tx.db.prepare("UPDATE reminder_fired SET at = ? WHERE reminder_id LIKE 'until:%' AND at >= ?").run(first - 1, first)
  tx.db
    .prepare(
      `UPDATE reminder_fired SET at = m.at FROM (${MOVED}) m WHERE reminder_fired.reminder_id = m.id AND reminder_fired.at = m.old`,
    )
    .run(starts)
  const { changes } = tx.db
    .prepare(`UPDATE reminder SET at = m.at FROM (${MOVED}) m WHERE reminder.pk = m.pk`)
    .run(starts)
  if (changes > 0) tx.touched.add('reminder')
}
