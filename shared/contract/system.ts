import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Id, procedure } from './base.ts'
import { User } from './users.ts'

export const HOSTS = ['desktop', 'web', 'cli', 'test'] as const

/**
 * Why the book cannot be opened. The engine starts all the same and serves only `system.*`, so that every host can show the
 * designed screen (`trouble:<code>`): what happened, what was kept, what can be done.
 */
export const TROUBLES = [
  'NEWER_DATABASE',
  'LOCKED',
  'FOLDER_MISSING',
  'FOLDER_READ_ONLY',
  'DISK_FULL',
  'NOT_A_DATABASE',
  'DAMAGED',
  'MIGRATION_FAILED',
  'OPEN_FAILED',
] as const
export const Trouble = z.object({
  code: z.enum(TROUBLES),
  path: z.string(),
  /** For the technical part of the screen; never a secret. */
  detail: z.string(),
})
export type Trouble = z.infer<typeof Trouble>

export const Status = z.object({
  name: z.literal('daftar'),
  version: z.string(),
  schema: z.int(),
  host: z.enum(HOSTS),
  trouble: Trouble.nullable(),
  set_up: z.boolean(),
  /** Who works at this PC now; null before the first run and while it is locked. */
  user: User.nullable(),
  /** The screen waits for somebody's PIN. */
  locked: z.boolean(),
})

export const CheckReport = z.object({
  ok: z.boolean(),
  problems: z.array(z.object({ code: z.string(), count: z.int(), sample: z.string() })),
  counts: z.record(z.string(), z.int()),
})

export const system = {
  status: procedure('open').output(Status),
  ping: procedure('open').output(z.object({ at: z.int() })),
  /** Tables that changed, after each commit; `origin` is the connection that made it. First event comes at once, with no tables. */
  live: procedure('open').output(
    eventIterator(z.object({ tables: z.array(z.string()), change: z.int().nullable(), origin: z.string() })),
  ),
  /** Integrity of the file, counts, search index against rows, log against rows. */
  check: procedure('system.check').output(CheckReport),
  data: procedure('settings.read').output(
    z.object({
      folder: z.string(),
      file: z.string(),
      bytes: z.int(),
      customers: z.int(),
      changes: z.int(),
      device_id: Id,
    }),
  ),
  /** Opens the data folder in the file manager of this PC; false where the host cannot. */
  openFolder: procedure('settings.write').output(z.object({ opened: z.boolean() })),
  /** After a trouble: try to open the book again. */
  retry: procedure('open').output(Status),
}
