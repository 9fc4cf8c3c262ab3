import type { history } from '../../../shared/contract/history.ts'
import { addDays, type IsoDay } from '../../../shared/domain/jalali.ts'
import { writeChanged } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { startOfDay } from '../customers/business-day.ts'
import { parse, rowLines, valueIn } from './log.ts'
import { findField, readDetails, readField, readPage } from './read.ts'
import { undo } from './undo.ts'
import { checkMayChange, rederive, setFields } from './write-back.ts'

export const historyService: Service<typeof history> = {
  page: (ctx, { from, to, ...input }) =>
    readPage(ctx, {
      ...input,
      from: from === undefined ? undefined : startOfDay(from as IsoDay),
      until: to === undefined ? undefined : startOfDay(addDays(to as IsoDay, 1)),
    }),

  details: (ctx, input) => readDetails(ctx, input),

  field: (ctx, { table, row_id, field }) => readField(ctx, table, row_id, field),

  restoreField(ctx, input) {
    const { table, field, pk } = findField(ctx, input.table, input.row_id, input.field)
    // Who a customer went into is more than a field: it comes back by undoing the merge.
    if (field.name === 'merged_into') fail('NOT_FOUND', { kind: 'field' })
    checkMayChange(ctx, [table.id], false)
    const { change } = writeChanged(ctx, 'history.restoreField', (tx) => {
      const line = rowLines(ctx.db, table.id, pk).findLast(
        (l) => l.tx <= input.change && valueIn(l, parse(l.f), field.id) !== undefined,
      )
      if (!line) return fail('NOT_FOUND', { kind: 'change' })
      const value = valueIn(line, parse(line.f), field.id)
      const now = ctx.db.prepare(`SELECT "${field.name}" AS value FROM "${table.name}" WHERE pk = ?`).get(pk)
      if ((now as { value: unknown }).value === value) return
      setFields(tx, table, pk, { [field.name]: value })
      rederive(tx, [{ table: table.name, pk, onlyDeleted: false }])
    })
    return { change }
  },

  undo: (ctx, input) => undo(ctx, input),
}
