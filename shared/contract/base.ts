import { oc } from '@orpc/contract'
import { z } from 'zod'
import { tidy } from '../domain/persian-text.ts'
import type { Permission } from '../domain/roles.ts'

/** What the dispatcher reads of every procedure. */
export interface ProcedureMeta {
  permission: Permission
}

/**
 * The errors every procedure may answer with. A code is an i18n key under `errors:`; the engine never sends a sentence.
 * BAD_REQUEST (zod issues) and INTERNAL_SERVER_ERROR come from oRPC itself.
 */
export const commonErrors = {
  FORBIDDEN: { status: 403 },
  NOT_SET_UP: { status: 409 },
  /** The screen of this PC is locked: nobody works here until somebody says who they are. */
  LOCKED: { status: 423 },
  NOT_FOUND: { status: 404, data: z.object({ kind: z.string() }) },
  DISK_FULL: { status: 507 },
  READ_ONLY: { status: 423 },
  DATABASE_BUSY: { status: 503 },
  DATABASE_DAMAGED: { status: 500 },
} as const

/** Starts a procedure of the contract; the permission is not optional. */
export const procedure = (permission: Permission) =>
  oc.$meta<ProcedureMeta>({ permission: 'owner.only' }).meta({ permission }).errors(commonErrors)

/** UUIDv7 (rows) or UUIDv5 (set members). */
export const Id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
/** A civil day, ISO Gregorian text: 2026-11-22. */
export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** An instant, epoch milliseconds. */
export const Instant = z.int()

/** A line a person typed: normalised (Arabic letters, spaces), at most `max` UTF-16 units; must not be empty. */
export const line = (max = 200) =>
  z
    .string()
    .max(4 * max)
    .transform(tidy)
    .pipe(z.string().min(1).max(max))
/** The same, where empty means «no value» and becomes null. */
export const optionalLine = (max = 200) =>
  z
    .string()
    .max(4 * max)
    .nullable()
    .transform((s) => (s === null ? null : tidy(s) || null))
    .pipe(z.string().max(max).nullable())

/** Every command answers with the number of the change it made, for «undo»; null when nothing changed. */
export const Changed = z.object({ change: z.int().nullable() })
