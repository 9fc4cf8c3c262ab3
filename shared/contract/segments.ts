import { z } from 'zod'
import { Changed, Id, line, procedure } from './base.ts'
import { Filter, Sort } from './filter.ts'

/** A saved view of the customer list: filter, order and columns under a name. */
export const ViewDefinition = z.object({
  filter: Filter,
  sort: Sort,
  columns: z.object({
    order: z.array(z.string().max(40)).max(60),
    hidden: z.array(z.string().max(40)).max(60),
    widths: z.record(z.string().max(40), z.number().min(20).max(2000)),
  }),
})
export type ViewDefinition = z.infer<typeof ViewDefinition>
export const SavedView = z.object({ id: Id, name: z.string(), definition: ViewDefinition, position: z.int() })

export const segments = {
  views: procedure('customers.read').output(z.array(SavedView)),
  addView: procedure('views.write')
    .input(z.object({ name: line(60), definition: ViewDefinition }))
    .output(Changed.extend({ id: Id })),
  updateView: procedure('views.write')
    .input(
      z.object({
        id: Id,
        name: line(60).optional(),
        definition: ViewDefinition.optional(),
        position: z.int().optional(),
      }),
    )
    .output(Changed),
  removeView: procedure('views.write')
    .input(z.object({ id: Id }))
    .output(Changed),
}
