import type { z } from 'zod'
import type { TaskParts } from '../../../shared/contract/tasks.ts'
import { byId, insert, patch, type Row, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { taskCheck } from './table.ts'

/** Behind those that are there; gives their ids. */
export function addChecks(tx: Tx, taskId: string, texts: readonly string[]): string[] {
  const { last } = tx.db.prepare('SELECT max(position) AS last FROM task_check WHERE task_id = ?').get(taskId) as {
    last: number | null
  }
  const first = last === null ? 0 : last + 1
  return texts.map((text, i) => insert(tx, taskCheck, { task_id: taskId, text, position: first + i }).id)
}

/** Fails with NOT_FOUND. */
export function checkOf(tx: Tx, id: string): Row<typeof taskCheck> {
  const row = byId(tx.db, taskCheck, id)
  return row && row.deleted === 0 ? row : fail('NOT_FOUND', { kind: 'task_check' })
}

/** Fails with NOT_FOUND. */
export function updateCheck(
  tx: Tx,
  id: string,
  values: { text?: string | undefined; done?: boolean | undefined },
): void {
  checkOf(tx, id)
  patch(tx, taskCheck, id, { text: values.text, done: values.done === undefined ? undefined : values.done ? 1 : 0 })
}

/** A form's changes: what another window removed meanwhile stays removed. */
export function setChecks(
  tx: Tx,
  taskId: string,
  { add, set, remove: gone }: z.infer<typeof TaskParts>['checks'],
): void {
  for (const { id, ...values } of set ?? []) {
    const row = byId(tx.db, taskCheck, id)
    if (row?.task_id === taskId && row.deleted === 0) updateCheck(tx, id, values)
  }
  for (const id of gone ?? []) if (byId(tx.db, taskCheck, id)?.task_id === taskId) remove(tx, taskCheck, id)
  addChecks(tx, taskId, add ?? [])
}

/** In this order, those not named behind. */
export function arrangeChecks(tx: Tx, taskId: string, ids: readonly string[]): void {
  const rows = tx.db
    .prepare('SELECT id FROM task_check WHERE task_id = ? AND deleted = 0 ORDER BY position, pk')
    .all(taskId) as Array<{ id: string }>
  const own = new Set(rows.map((r) => r.id))
  const named = ids.filter((id) => own.delete(id))
  for (const [position, id] of [...named, ...own].entries()) patch(tx, taskCheck, id, { position })
}
