import type { Row } from '../../db/rows.ts'
import type { TimelineSource } from '../module.ts'
import { taskRows } from './rows.ts'
import type { task } from './table.ts'

/** Closed tasks of a customer, at the moment they were closed; those an activity tells of already are left out. */
export const timeline: TimelineSource = {
  kinds: ['task'],
  page(ctx, { partyId, search, after, limit }) {
    // Their words are not in the search index of notes.
    if (search) return []
    const [at, pk] = isPlace(after) ? after : [Number.MAX_SAFE_INTEGER, 0]
    const lines = ctx.db
      .prepare(
        `SELECT * FROM task INDEXED BY task_party_closed
         WHERE party_id = ? AND closed_at IS NOT NULL AND deleted = 0 AND (closed_at, pk) < (?, ?)
           AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.task_id = task.id AND a.deleted = 0)
         ORDER BY closed_at DESC, pk DESC LIMIT ?`,
      )
      .all(partyId, at, pk, limit) as Array<Row<typeof task>>
    const rows = taskRows(ctx.db, lines, ctx.clock.now())
    return lines.map((line, i) => ({
      place: [line.closed_at, line.pk],
      entry: {
        kind: 'task' as const,
        key: `task:${line.id}`,
        at: line.closed_at!,
        user_id: line.closed_by,
        task: rows[i]!,
      },
    }))
  },
}

const isPlace = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isInteger)
