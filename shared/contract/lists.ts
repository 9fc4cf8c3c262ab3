import { z } from 'zod'
import { Changed, Id, line, procedure } from './base.ts'

/** Lists that a business edits: what came of a call; why a lead was dropped. */
export const LISTS = ['outcome', 'lead_reason'] as const
export const ListName = z.enum(LISTS)
export type ListName = z.infer<typeof ListName>

export const ListItem = z.object({ id: Id, list: ListName, name: z.string() })
export type ListItem = z.infer<typeof ListItem>

export const lists = {
  /** In their order; of all lists when none is named. */
  all: procedure('customers.read')
    .input(z.object({ list: ListName.optional() }))
    .output(z.array(ListItem)),
  /** How often each entry of a list is used, by its id; entries that are not used are left out. */
  uses: procedure('customers.read')
    .input(z.object({ list: ListName }))
    .output(z.record(Id, z.int())),
  /** A name that is there already (or was, and was taken off) gives the entry that has it. */
  add: procedure('lists.write')
    .input(z.object({ list: ListName, name: line(60) }))
    .output(Changed.extend({ id: Id })),
  rename: procedure('lists.write')
    .input(z.object({ id: Id, name: line(60) }))
    .errors({ NAME_TAKEN: { status: 409 } })
    .output(Changed),
  /** To the place before another entry of the list; to the end when null. */
  move: procedure('lists.write')
    .input(z.object({ id: Id, before: Id.nullable() }))
    .output(Changed),
  /** Takes it off the list; what was written with it keeps its name. */
  remove: procedure('lists.write')
    .input(z.object({ id: Id }))
    .output(Changed),
}
