import type { leads } from '../../../shared/contract/leads.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import type { Service } from '../../rpc/service.ts'
import { convertTx } from './convert.ts'
import { leadLists } from './list.ts'
import { addLeadTx, assignTx, discardTx, logLeadTx, removeTx, reopenTx, updateLeadTx, workTx } from './write.ts'

/** One change for all of them. */
function many(ctx: Ctx, verb: string, work: (tx: Tx) => number) {
  const { result, change } = writeChanged(ctx, `leads.${verb}`, work)
  return { count: result, change }
}

export const leadsService: Service<typeof leads> = {
  ...leadLists,
  add(ctx, input) {
    const { result, change } = writeChanged(ctx, 'leads.add', (tx) => addLeadTx(tx, input))
    return { id: result, change }
  },
  update(ctx, { id, patch }) {
    const { change } = writeChanged(ctx, 'leads.update', (tx) => updateLeadTx(tx, id, patch))
    return { change }
  },
  assign: (ctx, { ids, owner_id }) => many(ctx, 'assign', (tx) => assignTx(tx, ids, owner_id)),
  work: (ctx, { ids }) => many(ctx, 'work', (tx) => workTx(tx, ids)),
  log(ctx, input) {
    const { result, change } = writeChanged(ctx, 'leads.log', (tx) => logLeadTx(tx, input))
    return { task_id: result, change }
  },
  discard: (ctx, { ids, reason_id }) => many(ctx, 'discard', (tx) => discardTx(tx, ids, reason_id)),
  reopen: (ctx, { ids }) => many(ctx, 'reopen', (tx) => reopenTx(tx, ids)),
  convert(ctx, { id, party_id }) {
    const { result, change } = writeChanged(ctx, 'leads.convert', (tx) => convertTx(tx, id, party_id))
    return { party_id: result, change }
  },
  remove: (ctx, { ids }) => many(ctx, 'remove', (tx) => removeTx(tx, ids)),
}
