import { LISTS, type ListName, type lists } from '../../../shared/contract/lists.ts'
import { writeChanged } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { addListItemTx, moveListItemTx, removeListItemTx, renameListItemTx } from './write.ts'

const USES: Readonly<Record<ListName, string>> = {
  outcome: `SELECT outcome_id AS id, count(*) AS uses FROM activity INDEXED BY activity_outcome
    WHERE outcome_id IS NOT NULL AND deleted = 0 GROUP BY outcome_id`,
  lead_reason:
    'SELECT reason_id AS id, count(*) AS uses FROM lead WHERE reason_id IS NOT NULL AND deleted = 0 GROUP BY reason_id',
}

export const listsService: Service<typeof lists> = {
  all(ctx, { list }) {
    return ctx.db
      .prepare(
        `SELECT id, list, name FROM list_item WHERE deleted = 0 AND list IN (SELECT value FROM json_each(?)) ORDER BY list, position, pk`,
      )
      .all(JSON.stringify(list ? [list] : LISTS)) as never
  },
  uses(ctx, { list }) {
    const rows = ctx.db.prepare(USES[list]).all() as Array<{ id: string; uses: number }>
    return Object.fromEntries(rows.map(({ id, uses }) => [id, uses]))
  },
  add(ctx, { list, name }) {
    const { result, change } = writeChanged(ctx, 'lists.add', (tx) => addListItemTx(tx, list, name))
    return { change, id: result }
  },
  rename(ctx, { id, name }) {
    const { change } = writeChanged(ctx, 'lists.rename', (tx) => renameListItemTx(tx, id, name))
    return { change }
  },
  move(ctx, { id, before }) {
    const { change } = writeChanged(ctx, 'lists.move', (tx) => moveListItemTx(tx, id, before))
    return { change }
  },
  remove(ctx, { id }) {
    const { change } = writeChanged(ctx, 'lists.remove', (tx) => removeListItemTx(tx, id))
    return { change }
  },
}
