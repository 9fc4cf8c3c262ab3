import { clearTextRows, setTextRow } from '../../db/text-rows.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { refreshContactDatesTx } from '../customers/contact-dates.ts'
import { deriveReminders } from './reminders.ts'
import { TASK_TEXTS } from './search-rows.ts'

const CHUNK = 1000

/** After an undo: when the reminders of these tasks ring, their search rows, and what their customers' dates are. */
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
  if (table === 'task') for (const pk of pks) setTextRow(tx, TASK_TEXTS, pk)
  refreshContactDatesTx(
    tx,
    rows.map((row) => row.party_id),
  )
}

/** Every reminder and search row anew, a chunk a transaction. The dates of customers are made by their own module. */
export function rederiveAll(ctx: Ctx): void {
  inChunks(ctx, 'SELECT pk, task_id FROM reminder', (tx, rows: Array<{ task_id: string }>) => {
    for (const id of new Set(rows.map((row) => row.task_id))) deriveReminders(tx, id, 'rings')
  })
  write(ctx, 'tasks.rebuild', (tx) => clearTextRows(tx, TASK_TEXTS))
  inChunks(ctx, 'SELECT pk FROM task', (tx, rows: Array<{ pk: number }>) => {
    for (const { pk } of rows) setTextRow(tx, TASK_TEXTS, pk)
  })
}

function inChunks<Line>(ctx: Ctx, select: string, run: (tx: Tx, lines: Array<Line & { pk: number }>) => void): void {
  for (let last = 0; ; ) {
    const lines = ctx.db.prepare(`${select} WHERE pk > ? ORDER BY pk LIMIT ?`).all(last, CHUNK) as Array<
      Line & { pk: number }
    >
    if (lines.length === 0) return
    write(ctx, 'tasks.rebuild', (tx) => run(tx, lines))
    last = lines.at(-1)!.pk
  }
}
