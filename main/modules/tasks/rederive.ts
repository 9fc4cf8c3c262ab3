import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { refreshContactDatesTx } from '../customers/contact-dates.ts'
import { deriveReminders } from './reminders.ts'

const CHUNK = 1000

/** After an undo: when the reminders of these tasks ring, and what their customers' dates are. */
export function rederive(tx: Tx, table: string, pks: number[]): void {
  if (table !== 'task' && table !== 'reminder') return
  const rows = tx.db
    .prepare(
      table === 'task'
        ? 'SELECT id, party_id FROM task WHERE pk IN (SELECT value FROM json_each(?))'
        : 'SELECT DISTINCT task_id AS id, NULL AS party_id FROM reminder WHERE pk IN (SELECT value FROM json_each(?))',
    )
    .all(JSON.stringify(pks)) as Array<{ id: string; party_id: string | null }>
  for (const { id } of rows) deriveReminders(tx, id, 'rings')
  refreshContactDatesTx(
    tx,
    rows.map((row) => row.party_id),
  )
}

/** Every reminder anew, a chunk a transaction. The dates of customers are made by their own module. */
export function rederiveAll(ctx: Ctx): void {
  for (let last = 0; ; ) {
    const rows = ctx.db
      .prepare('SELECT pk, task_id FROM reminder WHERE pk > ? ORDER BY pk LIMIT ?')
      .all(last, CHUNK) as Array<{ pk: number; task_id: string }>
    if (rows.length === 0) return
    write(ctx, 'tasks.rebuild', (tx) => {
      for (const id of new Set(rows.map((row) => row.task_id))) deriveReminders(tx, id, 'rings')
    })
    last = rows.at(-1)!.pk
  }
}
