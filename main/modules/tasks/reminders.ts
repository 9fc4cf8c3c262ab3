import { byId, insertOrRevive, patch, type Row, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { uuidV5 } from '../../engine/ids.ts'
import { dayBegins, ringsAt } from './due.ts'
import { reminder, task } from './table.ts'

type Task = Pick<Row<typeof task>, 'status' | 'due_date' | 'due_minute' | 'deleted'>

const SELECT = 'SELECT pk, id, task_id, before, snoozed_at, at, deleted FROM reminder'
type Line = Pick<Row<typeof reminder>, 'pk' | 'id' | 'task_id' | 'before' | 'snoozed_at' | 'at' | 'deleted'>

function derive(tx: Tx, row: Line, owner: Task | undefined, past: 'rings' | 'silent', begins: number): void {
  const at = ringsAt(row, owner, begins)
  if (at === row.at) return
  tx.db.prepare('UPDATE reminder SET at = ? WHERE pk = ?').run(at, row.pk)
  tx.touched.add('reminder')
  // What is set for a time that has gone by was not missed.
  if (at !== null && at <= tx.now && past === 'silent') markFired(tx, row.id, at)
}

/** Local: no trace in the log. */
export function markFired(tx: Tx, reminderId: string, at: number): boolean {
  return (
    tx.db
      .prepare(
        `INSERT INTO reminder_fired (reminder_id, at, fired_at) VALUES (?, ?, ?)
         ON CONFLICT (reminder_id) DO UPDATE SET at = excluded.at, fired_at = excluded.fired_at WHERE at <> excluded.at`,
      )
      .run(reminderId, at, tx.now).changes > 0
  )
}

/** Puts `at` of all reminders of a task right; derived, nothing is logged. */
export function deriveReminders(tx: Tx, taskId: string, past: 'rings' | 'silent' = 'silent'): void {
  const rows = tx.db.prepare(`${SELECT} WHERE task_id = ?`).all(taskId) as Line[]
  if (rows.length === 0) return
  const owner = byId(tx.db, task, taskId)
  const begins = dayBegins(tx.db)
  for (const row of rows) derive(tx, row, owner, past, begins)
}

/** The id of a reminder follows from its task and its minutes, so two windows that set the same one set one. */
const reminderId = (taskId: string, before: number) => uuidV5('reminder', taskId, String(before))

export function addReminder(tx: Tx, taskId: string, before: number): boolean {
  return insertOrRevive(tx, reminder, { id: reminderId(taskId, before), task_id: taskId, before })
}
export function removeReminder(tx: Tx, taskId: string, before: number): boolean {
  // Those of another program or an import may go by another id.
  const rows = tx.db
    .prepare('SELECT id FROM reminder WHERE task_id = ? AND before = ? AND deleted = 0')
    .all(taskId, before) as Array<{ id: string }>
  return rows.map(({ id }) => remove(tx, reminder, id)).some(Boolean)
}

/** Its snooze is over: it was put off from a day that no longer counts. */
export function endSnoozes(tx: Tx, taskId: string): void {
  const rows = tx.db.prepare('SELECT id FROM reminder WHERE task_id = ? AND snoozed_at IS NOT NULL').all(taskId)
  for (const { id } of rows as Array<{ id: string }>) patch(tx, reminder, id, { snoozed_at: null })
}

/** Lets one reminder of the task ring at `at`; makes one where there is none. */
export function snoozeReminder(tx: Tx, taskId: string, at: number): void {
  const rows = tx.db.prepare(`${SELECT} WHERE task_id = ? AND deleted = 0 ORDER BY pk`).all(taskId) as Line[]
  // The one that rang last; the others keep their time.
  const rang = rows.filter((r) => r.at !== null && r.at <= tx.now).sort((a, b) => b.at! - a.at!)[0]
  const id = (rang ?? rows[0])?.id
  if (id === undefined) addReminder(tx, taskId, 0)
  patch(tx, reminder, id ?? reminderId(taskId, 0), { snoozed_at: at })
}
