import { z } from 'zod'
import { ERRORS, type ErrorCode, LIMIT, PROTOCOL } from './protocol.ts'

/** What the messages are made of, and what any path may answer. */
export const int = z.int().min(0)
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
export const hash16 = z.string().regex(/^[0-9a-f]{32}$/)
export const hash32 = z.string().regex(/^[0-9a-f]{64}$/)
export const base64 = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/)
export const label = z.string().max(200)
/** X25519, the raw 32 bytes in base64. */
export const RecipientKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)
export const v = z.literal(PROTOCOL)
/** How a request of a device begins. epoch: null while the device has never pulled. sv: number of the app's newest migration. mh: hash of its manifest (merge-spec.ts). */
export const asker = {
  v,
  tenant: uuid,
  epoch: uuid.nullable(),
  sv: int,
  mh: hash16,
  /** Head and mark of the last answer whose rows were applied: a server that was put back and went on has another mark there. */
  seen: z.tuple([int, z.string().max(40)]).optional(),
}

/** Times for the measurement of the clock (clock-skew.ts): t1 when the request came, t2 when it was answered, epoch ms of the server. */
export const times = { t1: int, t2: int }

export const rights = z.array(z.tuple([z.int().min(-1), z.union([z.literal(1), z.literal(3)])])).max(LIMIT.scopes)

export const HealthReply = z.object({
  daftar: z.literal('sync'),
  v: int,
  now: int,
  store: z.string(),
  trial: z.boolean(),
})
export type HealthReply = z.infer<typeof HealthReply>

export const ErrorReply = z.object({
  error: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  now: int.optional(),
  epoch: uuid.optional(),
  last: int.optional(),
  hash: z.string().optional(),
  retry_after: z.number().optional(),
  why: z.string().optional(),
})
export type ErrorReply = z.infer<typeof ErrorReply>

export const WakeMessage = z.object({ head: int })
export type WakeMessage = z.infer<typeof WakeMessage>
