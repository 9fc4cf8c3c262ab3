import { z } from 'zod'
import { Changed, Day, Id, Instant, procedure } from './base.ts'

/**
 * One field of one row in one change: from what, to what. Raw stored values; ids of users, tags, sources and customers come with a readable
 * name, and `deleted` with what was taken out (`from_name`) or brought back (`to_name`): a tag, a number, a role's code, the far end of a relation.
 */
export const FieldChange = z.object({
  table: z.string(),
  row_id: z.string(),
  /** The customer this row belongs to, when it belongs to one. */
  party: z.object({ id: Id, name: z.string() }).nullable(),
  kind: z.enum(['put', 'patch']),
  field: z.string(),
  from: z.unknown(),
  to: z.unknown(),
  from_name: z.string().nullable(),
  to_name: z.string().nullable(),
})
export type FieldChange = z.infer<typeof FieldChange>

/** A transaction, or a whole batch as one entry. */
export const HistoryEntry = z.object({
  /** change_tx number; of a batch, its last one. */
  change: z.int(),
  batch: Id.nullable(),
  /** The business verb: customers.add, imports.run, history.undo … (i18n key `history:verb.<verb>`). */
  verb: z.string(),
  at: Instant,
  user_id: Id.nullable(),
  /** It came from another device: the verb is told from what changed, and `rows` counts customers. */
  foreign: z.boolean(),
  /** The device it was done on; null: this one, or one that has no name here. */
  device_name: z.string().nullable(),
  /** How many rows changed, and the first few parties among them. */
  rows: z.int(),
  parties: z.array(z.object({ id: Id, name: z.string() })).max(3),
  /** What else it was about, by name: the title of a task, a lead, a colleague, an entry of a list; the first few, as they are called now. */
  subjects: z.array(z.string()).max(3),
  undone: z.boolean(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const UndoResult = Changed.extend({
  restored: z.int(),
  /** Fields and rows left alone because something later changed them. */
  kept: z.array(FieldChange).max(200),
  kept_total: z.int(),
})

export const history = {
  page: procedure('history.read')
    .input(
      z.object({
        user_id: Id.optional(),
        party_id: Id.optional(),
        from: Day.optional(),
        to: Day.optional(),
        /** Verb prefix: 'customers', 'activities', 'imports' … */
        kind: z.string().max(40).optional(),
        before: z.int().optional(),
        limit: z.int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ entries: z.array(HistoryEntry), next: z.int().nullable() })),
  details: procedure('history.read')
    .input(z.union([z.object({ change: z.int() }), z.object({ batch: Id })]))
    .output(z.object({ fields: z.array(FieldChange).max(500), total: z.int() })),
  /** Every value a field of a row has had, newest first. */
  field: procedure('history.read')
    .input(z.object({ table: z.string().max(40), row_id: Id, field: z.string().max(40) }))
    .output(
      z.array(
        z.object({
          change: z.int(),
          at: Instant,
          user_id: Id.nullable(),
          value: z.unknown(),
          name: z.string().nullable(),
        }),
      ),
    ),
  /** Puts the value that the field had after `change` back. */
  restoreField: procedure('history.undo')
    .input(z.object({ table: z.string().max(40), row_id: Id, field: z.string().max(40), change: z.int() }))
    .output(Changed),
  /** Restores only fields whose value still comes from that change (or batch); the rest is shown in `kept`. */
  undo: procedure('history.undo')
    .input(z.union([z.object({ change: z.int() }), z.object({ batch: Id })]))
    .errors({ NOTHING_TO_UNDO: { status: 409 } })
    .output(UndoResult),
}
