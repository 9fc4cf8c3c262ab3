import { z } from 'zod'
import { base64, hash32, int, label, RecipientKey, rights, times, uuid, v } from './wire.ts'

/** What a device signs (Ed25519, raw 64 bytes in base64) to register and to renew: the parts joined by newlines. */
export const signedText = (what: 'register' | 'token', ...parts: (string | number)[]): string =>
  ['daftar', what, ...parts].join('\n')

/**
 * A device joins. It chooses its id, its key and its first refresh token itself and keeps them before it asks, so that asking again after a
 * lost answer is the same registration and not a used invite. sig = signedText('register', invite, device, site, next).
 */
export const RegisterRequest = z.object({
  v,
  /** As the person typed it: case and spaces and dashes do not count. */
  invite: z.string().min(1).max(40),
  /** The business this book belongs to already, or null. Another one is refused with other_tenant and the invite stays good. */
  tenant: uuid.nullable(),
  device: uuid,
  name: label,
  platform: label,
  /** Ed25519, the raw 32 bytes. */
  key: base64(64),
  /** The user of the book who registers; the invite's own user, where it names one, goes before, and of a book that belongs to the business already is the same. */
  user: uuid,
  site: uuid,
  /** sha256 (hex) of the first refresh token, a random text of at least 32 bytes. */
  next: hash32,
  sig: base64(128),
  t0: int,
})
export type RegisterRequest = z.infer<typeof RegisterRequest>

const pass = {
  access: z.string(),
  /** Seconds. */
  expires_in: int,
}
export const RegisterReply = z.object({
  tenant: uuid,
  device: uuid,
  user: uuid,
  role: z.string(),
  epoch: uuid,
  head: int,
  granted: z.array(z.tuple([int, int])),
  ...pass,
  ...times,
})
export type RegisterReply = z.infer<typeof RegisterReply>

/**
 * A new access token. Each time the device gives its refresh token and the hash of the next one, which it has made and kept before asking; the
 * same question again gets the same answer. gen: how often it was renewed before. An older token with another `next` is a copy at work:
 * the device is revoked. sig = signedText('token', tenant, device, gen, sha256(token), next).
 */
export const TokenRequest = z.object({
  v,
  tenant: uuid,
  device: uuid,
  gen: int,
  token: z.string().min(32).max(200),
  next: hash32,
  sig: base64(128),
  t0: int,
})
export type TokenRequest = z.infer<typeof TokenRequest>
export const TokenReply = z.object({ user: uuid, role: z.string(), ...pass, ...times })
export type TokenReply = z.infer<typeof TokenReply>

/** For a further device. scopes [-1, 3] = everything; null = as the user has them already. */
export const InviteRequest = z.object({
  v,
  tenant: uuid,
  /** The user of the book the device will belong to; null: who registers says it. */
  user: uuid.nullable(),
  role: z.string().regex(/^[a-z]{1,20}$/),
  scopes: rights.nullable(),
})
export type InviteRequest = z.infer<typeof InviteRequest>
/** code: 10 characters; expires: epoch ms. */
export const InviteReply = z.object({ code: z.string(), expires: int })
export type InviteReply = z.infer<typeof InviteReply>

const Simple = z.object({ v, tenant: uuid })
export const DevicesRequest = Simple
export type DevicesRequest = z.infer<typeof DevicesRequest>
export const DevicesReply = z.object({
  devices: z.array(
    z.object({
      device: uuid,
      name: z.string(),
      platform: z.string(),
      user: uuid,
      registered: int,
      /** Epoch ms of its last request. */
      seen: int,
      revoked: int.nullable(),
      /** 'owner' by hand, 'reuse' because a copied token was at work. */
      why: z.string().nullable(),
      /** Its incarnations, the newest last: [site, last site_seq]. */
      sites: z.array(z.tuple([uuid, int])),
    }),
  ),
})
export type DevicesReply = z.infer<typeof DevicesReply>
export const RenameRequest = z.object({ v, tenant: uuid, device: uuid, name: label.min(1) })
export type RenameRequest = z.infer<typeof RenameRequest>
export const RevokeRequest = z.object({ v, tenant: uuid, device: uuid })
export type RevokeRequest = z.infer<typeof RevokeRequest>

export const MembersRequest = Simple
export const MembersReply = z.object({ members: z.array(z.object({ user: uuid, role: z.string(), scopes: rights })) })
export type MembersReply = z.infer<typeof MembersReply>
/** What a user may see and write. Replaces what was. */
export const MemberRequest = z.object({
  v,
  tenant: uuid,
  user: uuid,
  role: z.string().regex(/^[a-z]{1,20}$/),
  scopes: rights,
})
export type MemberRequest = z.infer<typeof MemberRequest>
/** Moves customers, with everything that hangs on them, to a scope. Answers with DoneReply. */
export const MoveRequest = z.object({ v, tenant: uuid, roots: z.array(uuid).min(1).max(500), scope: z.int().min(1) })
export type MoveRequest = z.infer<typeof MoveRequest>
export const DoneReply = z.object({ done: z.literal(true), count: int.optional() })
export type DoneReply = z.infer<typeof DoneReply>

/** What is sealed for an owner can be opened with this device (main/modules/sync/sealing.ts). Only an owner's device may say so, of itself. */
export const RecipientRequest = z.object({ v, tenant: uuid, key: RecipientKey })
export type RecipientRequest = z.infer<typeof RecipientRequest>
/** All there are now. */
export const RecipientReply = z.object({ recipients: z.array(RecipientKey) })
export type RecipientReply = z.infer<typeof RecipientReply>
/** The first half of its sha256 tells two lists of recipients apart, in whatever order they are. */
export const recipientsText = (keys: readonly string[]): string => [...keys].sort().join('\n')
