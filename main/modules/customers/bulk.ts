import type { customers } from '../../../shared/contract/customers.ts'
import { CHUNK, cancelBatch, createBatch, readBatch, runBatch } from '../../db/batch.ts'
import { patch } from '../../db/rows.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { pksOf } from './lists.ts'
import { addRole, addTag, removeTag } from './members.ts'
import { deriveParty } from './rederive.ts'
import { party } from './table.ts'
import { removeCustomerTx, restoreCustomerTx, touch } from './write.ts'

type Customers = Service<typeof customers>
type Bulk = Customers['bulk']
type Action = Parameters<Bulk>[1]['action']

/** Up to a chunk it is one transaction and one undo; more is a batch, which other calls run in between of. */
export const bulk: Bulk = async (ctx, { target, action }) => {
  const pks = action.kind === 'restore' && 'ids' in target ? deletedOf(ctx, target.ids) : pksOf(ctx, target)
  const verb = `customers.bulk.${action.kind}`
  if (pks.length <= CHUNK) {
    const { result, change } = writeChanged(ctx, verb, (tx) => apply(tx, action, pks))
    return { change, batch: null, count: result }
  }
  const id = createBatch(ctx, { kind: 'bulk', total: pks.length, options: action })
  const end = await runBatch(ctx, {
    id,
    verb,
    read: (from, size) => pks.slice(from, from + size),
    apply: (tx, chunk) => ({ added: apply(tx, action, chunk), failed: 0 }),
  })
  return { change: end.change, batch: id, count: end.added }
}

export const bulkRun: Customers['bulkRun'] = (ctx) => {
  const row = ctx.db
    .prepare(
      "SELECT id AS batch, done, total FROM batch WHERE kind = 'bulk' AND state = 'running' ORDER BY id DESC LIMIT 1",
    )
    .get()
  return (row as { batch: string; done: number; total: number } | undefined) ?? null
}

export const cancelBulk: Customers['cancelBulk'] = (ctx, { batch }) => {
  if (readBatch(ctx, batch)?.kind !== 'bulk') fail('NOT_FOUND', { kind: 'batch' })
  cancelBatch(ctx, batch)
  return {}
}

/** Local row numbers of deleted customers. */
function deletedOf(ctx: Ctx, ids: readonly string[]): number[] {
  const rows = ctx.db
    .prepare('SELECT pk FROM party WHERE id IN (SELECT value FROM json_each(?)) AND +deleted = 1')
    .all(JSON.stringify(ids)) as Array<{ pk: number }>
  return rows.map((row) => row.pk)
}

/** Does it to these rows; how many it changed. */
function apply(tx: Tx, action: Action, pks: readonly number[]): number {
  let count = 0
  const deleted = action.kind === 'restore' ? 1 : 0
  for (const pk of pks) {
    const row = tx.db.prepare('SELECT id FROM party WHERE pk = ? AND deleted = ?').get(pk, deleted) as
      | { id: string }
      | undefined
    if (row && applyOne(tx, action, row.id, pk)) count++
  }
  return count
}

function applyOne(tx: Tx, action: Action, id: string, pk: number): boolean {
  switch (action.kind) {
    case 'addTag':
    case 'removeTag': {
      const changed = action.kind === 'addTag' ? addTag(tx, id, action.tag_id) : removeTag(tx, id, action.tag_id)
      if (changed) {
        touch(tx, pk)
        deriveParty(tx, pk)
      }
      return changed
    }
    case 'setOwner':
      return patch(tx, party, id, { owner_id: action.owner_id })
    case 'setSource':
      return patch(tx, party, id, { source_id: action.source_id })
    case 'addRole': {
      const changed = addRole(tx, id, action.role)
      if (changed) touch(tx, pk)
      return changed
    }
    case 'delete':
      return removeCustomerTx(tx, id)
    case 'restore':
      return restoreCustomerTx(tx, id)
  }
}
