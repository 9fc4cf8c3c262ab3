import { type segments, ViewDefinition } from '../../../shared/contract/segments.ts'
import { byId, insert, patch, remove } from '../../db/rows.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { savedView } from './table.ts'

export const segmentsService: Service<typeof segments> = {
  views(ctx) {
    const rows = ctx.db
      .prepare('SELECT id, name, definition, position FROM saved_view WHERE deleted = 0 ORDER BY position, pk')
      .all() as Array<{ id: string; name: string; definition: string; position: number }>
    // A definition from a newer version of the program may not be understood here: it is kept and not shown.
    return rows.flatMap(({ definition, ...row }) => {
      const parsed = ViewDefinition.safeParse(JSON.parse(definition))
      return parsed.success ? [{ ...row, definition: parsed.data }] : []
    })
  },
  addView(ctx, { name, definition }) {
    const { result, change } = writeChanged(ctx, 'segments.addView', (tx) => addViewTx(tx, name, definition))
    return { change, id: result }
  },
  updateView(ctx, { id, name, definition, position }) {
    const { change } = writeChanged(ctx, 'segments.updateView', (tx) => {
      if (!byId(tx.db, savedView, id)) fail('NOT_FOUND', { kind: 'view' })
      patch(tx, savedView, id, { name, position, definition: definition && JSON.stringify(definition) })
    })
    return { change }
  },
  removeView(ctx, { id }) {
    const { change } = writeChanged(ctx, 'segments.removeView', (tx) => {
      if (!byId(tx.db, savedView, id)) fail('NOT_FOUND', { kind: 'view' })
      remove(tx, savedView, id)
    })
    return { change }
  },
}

/** Adds a saved view after the others. */
export function addViewTx(tx: Tx, name: string, definition: unknown): string {
  const { position } = tx.db
    .prepare('SELECT coalesce(max(position) + 1, 0) AS position FROM saved_view WHERE deleted = 0')
    .get() as { position: number }
  return insert(tx, savedView, { name, definition: JSON.stringify(definition), position }).id
}
