import type { customers } from '../../../shared/contract/customers.ts'
import { writeChanged } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { bulk, bulkRun, cancelBulk } from './bulk.ts'
import { duplicates } from './duplicates.ts'
import { countOf, pageAfter, pageAt } from './lists.ts'
import { mergeCustomersTx } from './merge.ts'
import { type Cursor, readCursor, stretches, writeCursor } from './order.ts'
import { getCustomer } from './record.ts'
import { rowsById, rowsByPk } from './rows.ts'
import { sources } from './sources.ts'
import { tags } from './tags.ts'
import { addCustomerTx, removeCustomerTx, restoreCustomerTx, updateCustomerTx } from './write.ts'

export const customersService: Service<typeof customers> = {
  page(ctx, { filter, sort, limit, at }) {
    const cursors =
      'index' in at
        ? pageAt(ctx, filter, sort, at.index, limit)
        : pageAfter(ctx, filter, sort, readCursor(at.after, stretches(sort).length), limit)
    const pageOf = (found: Cursor[]) => {
      const last = found.at(-1)
      return {
        rows: rowsByPk(
          ctx.db,
          found.map((c) => c[2]),
        ),
        next: last && found.length === limit ? writeCursor(last) : null,
      }
    }
    return cursors instanceof Promise ? cursors.then(pageOf) : pageOf(cursors)
  },
  count: (ctx, { filter }) => ({ count: countOf(ctx, filter) }),
  get: (ctx, { id }) => getCustomer(ctx.db, id),
  rows: (ctx, { ids }) => rowsById(ctx.db, ids),
  add(ctx, input) {
    const { result, change } = writeChanged(ctx, 'customers.add', (tx) => addCustomerTx(tx, input))
    return { change, id: result.id }
  },
  update(ctx, { id, patch }) {
    const { change } = writeChanged(ctx, 'customers.update', (tx) => updateCustomerTx(tx, id, patch))
    return { change }
  },
  remove(ctx, { ids }) {
    const { change } = writeChanged(ctx, 'customers.remove', (tx) => {
      for (const id of ids) removeCustomerTx(tx, id)
    })
    return { change }
  },
  restore(ctx, { ids }) {
    const { change } = writeChanged(ctx, 'customers.restore', (tx) => {
      for (const id of ids) restoreCustomerTx(tx, id)
    })
    return { change }
  },
  merge(ctx, input) {
    const { result, change } = writeChanged(ctx, 'customers.merge', (tx) => mergeCustomersTx(tx, input))
    return { change, ...result }
  },
  bulk,
  bulkRun,
  cancelBulk,
  duplicates,
  tags,
  sources,
}
