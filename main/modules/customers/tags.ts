import type { customers } from '../../../shared/contract/customers.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import { byId, insert, patch, remove } from '../../db/rows.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { carriersOf, deriveMany } from './rederive.ts'
import { tag } from './table.ts'

export const tags: Service<typeof customers.tags> = {
  list(ctx) {
    return ctx.db
      .prepare(
        // Counted within the index, less those of the few deleted customers: looking each of a million up takes seconds.
        `WITH gone AS MATERIALIZED (SELECT x.tag_id, count(*) AS n FROM party p CROSS JOIN party_tag x ON x.party_id = p.id
           WHERE p.deleted = 1 AND x.deleted = 0 GROUP BY x.tag_id)
         SELECT t.id, t.name, t.color, t.kind,
           (SELECT count(*) FROM party_tag x WHERE x.tag_id = t.id AND x.deleted = 0)
             - coalesce((SELECT n FROM gone WHERE tag_id = t.id), 0) AS uses
         FROM tag t WHERE t.deleted = 0 ORDER BY t.kind, t.pk`,
      )
      .all() as never
  },
  /** A name that is there already gives the tag that has it. */
  add(ctx, { name, kind, color }) {
    const { result, change } = writeChanged(ctx, 'customers.tags.add', (tx) => addTagTx(tx, { name, kind, color }))
    return { change, id: result }
  },
  update(ctx, { id, ...values }) {
    const { change } = writeChanged(ctx, 'customers.tags.update', (tx) => {
      const before = byId(tx.db, tag, id) ?? fail('NOT_FOUND', { kind: 'tag' })
      if (!patch(tx, tag, id, values)) return
      if (values.name !== undefined && values.name !== before.name) deriveMany(tx, carriersOf(tx.db, id))
    })
    return { change }
  },
  remove(ctx, { id }) {
    const { change } = writeChanged(ctx, 'customers.tags.remove', (tx) => {
      if (!byId(tx.db, tag, id)) fail('NOT_FOUND', { kind: 'tag' })
      if (remove(tx, tag, id)) deriveMany(tx, carriersOf(tx.db, id))
    })
    return { change }
  },
}

/** Adds a tag or a group (under `id`), or finds the one with this name (folded) and kind; its id either way. */
export function addTagTx(
  tx: Tx,
  values: { name: string; kind: 'tag' | 'group'; color: string | null },
  id?: string,
): string {
  const known = tx.db.prepare('SELECT id, name FROM tag WHERE kind = ? AND deleted = 0').all(values.kind) as Array<{
    id: string
    name: string
  }>
  const same = known.find((t) => fold(t.name) === fold(values.name))
  return same?.id ?? insert(tx, tag, { ...values, id }).id
}

/** Removes a tag that nobody living wears; false, and nothing done, otherwise. */
export function removeUnusedTagTx(tx: Tx, id: string): boolean {
  const used = tx.db
    .prepare(
      'SELECT 1 FROM party_tag x JOIN party p ON p.id = x.party_id WHERE x.tag_id = ? AND x.deleted = 0 AND p.deleted = 0 LIMIT 1',
    )
    .get(id)
  return used === undefined && remove(tx, tag, id)
}
