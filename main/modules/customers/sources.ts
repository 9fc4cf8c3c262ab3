import type { customers } from '../../../shared/contract/customers.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import { byId, insert, patch, remove } from '../../db/rows.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { source } from './table.ts'

export const sources: Service<typeof customers.sources> = {
  list(ctx) {
    return ctx.db
      .prepare(
        // As of tags: within the index, less the deleted.
        `WITH gone AS MATERIALIZED (SELECT source_id, count(*) AS n FROM party WHERE deleted = 1 AND source_id IS NOT NULL GROUP BY source_id)
         SELECT s.id, s.name, (SELECT count(*) FROM party p WHERE p.source_id = s.id)
           - coalesce((SELECT n FROM gone WHERE source_id = s.id), 0) AS uses
         FROM source s WHERE s.deleted = 0 ORDER BY s.position, s.pk`,
      )
      .all() as never
  },
  /** A name that is there already gives the source that has it. */
  add(ctx, { name }) {
    const { result, change } = writeChanged(ctx, 'customers.sources.add', (tx) => addSourceTx(tx, name))
    return { change, id: result }
  },
  update(ctx, { id, name }) {
    const { change } = writeChanged(ctx, 'customers.sources.update', (tx) => {
      if (!byId(tx.db, source, id)) fail('NOT_FOUND', { kind: 'source' })
      patch(tx, source, id, { name })
    })
    return { change }
  },
  remove(ctx, { id }) {
    const { change } = writeChanged(ctx, 'customers.sources.remove', (tx) => {
      if (!byId(tx.db, source, id)) fail('NOT_FOUND', { kind: 'source' })
      remove(tx, source, id)
    })
    return { change }
  },
}

/** Adds a source at the end of the list (under `id`), or finds the one with this name (folded); its id either way. */
export function addSourceTx(tx: Tx, name: string, id?: string): string {
  const known = tx.db.prepare('SELECT id, name, position FROM source WHERE deleted = 0').all() as Array<{
    id: string
    name: string
    position: number
  }>
  const same = known.find((s) => fold(s.name) === fold(name))
  const position = known.reduce((last, s) => Math.max(last, s.position + 1), 0)
  return same?.id ?? insert(tx, source, { id, name, position }).id
}

/** Removes a source that nobody living came from, customer or lead; false, and nothing done, otherwise. */
export function removeUnusedSourceTx(tx: Tx, id: string): boolean {
  const used = (['party', 'lead'] as const).some((table) =>
    tx.db.prepare(`SELECT 1 FROM ${table} WHERE source_id = ? AND deleted = 0 LIMIT 1`).get(id),
  )
  return !used && remove(tx, source, id)
}
