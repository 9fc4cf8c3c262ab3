import { z } from 'zod'
import type { BatchHead, EncodedOps } from './codec.ts'
import type { Cells, ConflictClass } from './merge.ts'

/**
 * What client and server say to each other (SYNC.md 6-12): HTTP POST, JSON, gzip or zstd either way. Requests are validated by the server
 * with these schemas, replies by the client: a proxy that answers with a page of its own must be told from the server.
 *
 * Every reply that is not 200 is an ErrorReply. Names of the paths: PATH. Who asks: `Authorization: Bearer <access>`, except register and token.
 */
export const PROTOCOL = 1

export const LIMIT = {
  ops: 5_000,
  /** Compressed body. */
  body: 1 << 20,
  /** While inflating; beyond `body` also no more than `ratio` times what came in. */
  inflated: 8 << 20,
  ratio: 16,
  /** One op's fields as JSON, in UTF-16 units. */
  op: 256 << 10,
  fields: 400,
  pageRows: 5_000,
  pageBytes: 4 << 20,
  scopes: 1_000,
  /** How far ahead of the server's clock a stamp may be, ms. */
  skew: 5_000,
} as const

export const PATH = {
  push: '/v1/push',
  pull: '/v1/pull',
  register: '/v1/register',
  token: '/v1/token',
  site: '/v1/site',
  siteStatus: '/v1/site-status',
  manifest: '/v1/manifest',
  digest: '/v1/digest',
  invite: '/v1/invite',
  devices: '/v1/devices',
  rename: '/v1/rename',
  revoke: '/v1/revoke',
  members: '/v1/members',
  member: '/v1/member',
  move: '/v1/move',
  recipient: '/v1/recipient',
  /** WebSocket: the server says {"head":N} when something was pushed. */
  wake: '/v1/wake',
  health: '/health',
  metrics: '/metrics',
} as const

const int = z.int().min(0)
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const hash16 = z.string().regex(/^[0-9a-f]{32}$/)
const hash32 = z.string().regex(/^[0-9a-f]{64}$/)
const base64 = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/)
const label = z.string().max(200)
/** X25519, the raw 32 bytes in base64. */
export const RecipientKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)
const v = z.literal(PROTOCOL)
/** How a request of a device begins. epoch: null while the device has never pulled. sv: number of the app's newest migration. mh: hash of its manifest (merge-spec.ts). */
const asker = {
  v,
  tenant: uuid,
  epoch: uuid.nullable(),
  sv: int,
  mh: hash16,
  /** Head and mark of the last answer whose rows were applied: a server that was put back and went on has another mark there. */
  seen: z.tuple([int, z.string().max(40)]).optional(),
}

/** Times for the measurement of the clock (clock-skew.ts): t1 when the request came, t2 when it was answered, epoch ms of the server. */
const times = { t1: int, t2: int }

const column = z.array(z.int()).max(LIMIT.ops)
const value = z.union([z.string(), z.number(), z.null()])
/** Fields of an op are looked at one by one on the server, hence z.any(); the shape of an op is judged by `badOp`. */
export const EncodedOpsSchema = z.object({
  t: column,
  r: z.string().max(LIMIT.ops * 22 + 4),
  i: column,
  k: column,
  h: column,
  b: column,
  u: column,
  us: z.array(uuid.nullable()).max(LIMIT.ops),
  f: z.array(z.any()).max(LIMIT.ops),
  o: z.array(z.tuple([int, uuid])).max(LIMIT.ops),
})

export const PushRequest = z.object({
  ...asker,
  site: uuid,
  /** site_seq of the first and last op. */
  from: z.int().min(1),
  to: z.int().min(1),
  /** '' before the first batch of a site. */
  prev: z.union([hash16, z.literal('')]),
  hash: hash16,
  /**
   * Ops written under an earlier epoch, acknowledged then or not. Their base: no higher than s1 of this site's last batch that the server
   * still has (its order up to there is the same in both epochs), 0 when it has none. Part of the hash.
   */
  replay: z.boolean(),
  t0: int,
  ops: EncodedOpsSchema,
})
export type PushRequest = Omit<z.infer<typeof PushRequest>, 'ops'> & { ops: EncodedOps }

/**
 * What happened to an op that is not simply part of the state now. `lost`: merged, but of its values some lost; the conflict comes with the
 * pull. All others: refused; the op is acknowledged, the client puts it into the tray, its row comes with the next pull where there is one.
 */
export const VERDICTS = [
  'lost',
  'unknown_row',
  'unknown_table',
  'unknown_field',
  'bad_value',
  'too_big',
  'forbidden',
] as const
export type Verdict = (typeof VERDICTS)[number]

export const PushReply = z.object({
  epoch: uuid,
  /** seqs of the first and the last op of the batch; s0 - 1 was the head before it. */
  s0: int,
  s1: int,
  /** The mark of s1, for `seen` when the device goes forward to s1 by itself. */
  mark: z.string(),
  /** Some op was lost or refused, or overruled what its writer had not seen: there is more to pull than an echo. */
  lost: z.boolean(),
  /** Where new rows of this member's went: the device may not have heard of its rights by then. */
  home: int.optional(),
  /** [site_seq, what] */
  verdicts: z.array(z.tuple([int, z.string()])),
  /** How many ops the next push may hold. */
  next_max: z.int().min(1),
  ...times,
})
export type PushReply = z.infer<typeof PushReply>

export const PullRequest = z.object({
  ...asker,
  site: uuid,
  /** Cursor by scope. A scope that is granted and not listed begins at 0 and need not be listed. */
  scopes: z
    .record(z.string().regex(/^\d{1,9}$/), int)
    .refine((scopes) => Object.keys(scopes).length <= LIMIT.scopes, 'scopes'),
  /**
   * This site's last acknowledged site_seq and its hash, unless a batch is under way unanswered: with them the server notices that it was
   * put back (epoch_changed), or that the site goes on elsewhere (fork), also for a device that has nothing to send.
   */
  acked: int.optional(),
  hash: z.union([hash16, z.literal('')]).optional(),
  /** Greatest author number the client knows under this epoch, 0 for none. */
  authors: int,
  /** Hash of the recipients it knows (recipientsText); without it none are told. */
  recipients: hash16.optional(),
  limit: z.int().min(1).max(LIMIT.pageRows),
  t0: int,
})
export type PullRequest = z.infer<typeof PullRequest>

const cell = z
  .tuple([value, int, int, int, int])
  .or(z.tuple([value, int, int, int, int, z.array(z.tuple([int, int, int, int]))]))
export const CellsSchema = z.record(z.string(), cell)

/** Row states in columns, in the order of seq. */
export const PulledRows = z.object({
  t: z.array(int),
  /** One id a row. */
  r: z.string(),
  /** seq, differences. */
  s: z.array(z.int()),
  /** scope */
  o: z.array(int),
  /** Cells of a row; of the id's only the stamp (codec.ts slimCells). Not walked through by the schema: the client does when it applies them. */
  f: z.array(z.custom<Cells>((x) => typeof x === 'object' && x !== null && !Array.isArray(x))),
})
export type PulledRows = z.infer<typeof PulledRows>

export const WireConflict = z.object({
  /** The same on every device and again after a rewind (codec conflictId). */
  id: uuid,
  seq: int,
  tbl: int,
  row: uuid,
  fid: int,
  class: z.string(),
  win: cell,
  lose: cell,
})
export interface WireConflict {
  id: string
  seq: number
  tbl: number
  row: string
  fid: number
  class: ConflictClass | string
  win: Cells[string]
  lose: Cells[string]
}

export const PullReply = z.object({
  epoch: uuid,
  head: int,
  /** Goes with head into `seen` of later requests. */
  mark: z.string(),
  /** Scopes the device may see now: [scope, rights]; rights 1 read, 3 read and write. */
  granted: z.array(z.tuple([int, int])),
  /** Of those asked for, the ones it may see no more: purge. */
  revoked: z.array(int),
  rows: PulledRows,
  /** Rows that left a scope: [scope, tbl, row]. Purge a row that is still under that scope. To be applied before `rows`. */
  exits: z.array(z.tuple([int, int, uuid])),
  conflicts: z.array(WireConflict),
  /** [number, site, user] above the asked one. Cells name their author by number. Numbers hold within an epoch. */
  authors: z.array(z.tuple([int, uuid, uuid.nullable()])),
  /** For whom to seal what may not be sent any more: all of them, where they are others than those asked with. */
  recipients: z.array(RecipientKey).optional(),
  /** Cursors for the next request. All equal `head` when `more` is false. */
  next: z.record(z.string(), int),
  more: z.boolean(),
  ...times,
})
export type PullReply = Omit<z.infer<typeof PullReply>, 'conflicts'> & { conflicts: WireConflict[] }

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

/** A new incarnation of this device's book (SYNC.md 12): `parent` and the last site_seq of it that this book holds. The same again is the same. */
export const SiteRequest = z.object({ v, tenant: uuid, site: uuid, parent: uuid.nullable(), fork: int })
export type SiteRequest = z.infer<typeof SiteRequest>
export const SiteReply = z.object({ epoch: uuid, last: int, hash: z.union([hash16, z.literal('')]) })
export type SiteReply = z.infer<typeof SiteReply>

/** What the server has of a site after a site_seq: which waiting changes of a restored book had been sent already. Own device, or its parent's. */
export const SiteStatusRequest = z.object({
  v,
  tenant: uuid,
  site: uuid,
  after: int,
  limit: z.int().min(1).max(LIMIT.ops),
})
export type SiteStatusRequest = z.infer<typeof SiteStatusRequest>
export const SiteStatusReply = z.object({
  epoch: uuid,
  known: z.boolean(),
  last: int,
  hash: z.union([hash16, z.literal('')]),
  /** The ops after + 1 …, to be compared by table, row, kind and fields; stamps may have been lowered since. */
  ops: EncodedOpsSchema,
  /** Those of them that were refused: [site_seq, why]. Who lost the answer to them has to be told as well. */
  refused: z.array(z.tuple([int, z.string()])),
  more: z.boolean(),
})
export type SiteStatusReply = z.infer<typeof SiteStatusReply>

/** The device's manifest (merge-spec.ts), after the server said manifest_wanted. */
export const ManifestRequest = z.object({
  v,
  tenant: uuid,
  sv: int,
  tables: z
    .array(
      z.tuple([
        z.int().min(1).max(32_767),
        z.union([z.literal(0), z.literal(1)]),
        z.array(z.tuple([z.int().min(1).max(32_767), z.string().regex(/^(l|t|g:[a-z0-9_]{1,40})$/)])).max(LIMIT.fields),
      ]),
    )
    .max(500),
})
export type ManifestRequest = z.infer<typeof ManifestRequest>

/** Sums of a scope by the last byte of the row's id (digest.ts), at the head. `head` other than the client's cursor: nothing can be said, try later. */
export const DigestRequest = z.object({ v, tenant: uuid, epoch: uuid, scope: int })
export type DigestRequest = z.infer<typeof DigestRequest>
export const DigestReply = z.object({ epoch: uuid, head: int, sums: z.array(int).length(256), count: int })
export type DigestReply = z.infer<typeof DigestReply>

const rights = z.array(z.tuple([z.int().min(-1), z.union([z.literal(1), z.literal(3)])])).max(LIMIT.scopes)

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

export const HealthReply = z.object({
  daftar: z.literal('sync'),
  v: int,
  now: int,
  store: z.string(),
  trial: z.boolean(),
})
export type HealthReply = z.infer<typeof HealthReply>

/**
 * Why a request was not done. Nothing of it was stored. What a client does:
 * bad_request, not_found, too_large: its own mistake: log and stop trying the same.   unauthorized, token_expired: renew the token, once.
 * unknown_device: the server was restored to a day before this device: a new invite is needed.   revoked: lock (`why`).
 * bad_invite: wrong, used or too old; why other_user: good, for another colleague.   other_tenant: server of another business.   forbidden: not the owner, or another device's site.
 * epoch_changed {epoch, last}: SYNC.md 12, begin again under the new epoch.   fork {last, hash}: this site lives twice or went back: reincarnate.
 * clock_ahead {now}: restamp what is unsent.   manifest_wanted: send it, then again.   upgrade_required: this app is too old for the business.
 * busy, slow_down, server_full {retry_after seconds}: later.   internal: the server's fault, later.
 */
export const ERRORS = {
  bad_request: 400,
  unauthorized: 401,
  token_expired: 401,
  unknown_device: 401,
  revoked: 401,
  bad_invite: 403,
  other_tenant: 403,
  forbidden: 403,
  not_found: 404,
  epoch_changed: 409,
  fork: 409,
  clock_ahead: 409,
  manifest_wanted: 409,
  too_large: 413,
  upgrade_required: 426,
  slow_down: 429,
  internal: 500,
  busy: 503,
  server_full: 507,
} as const
export type ErrorCode = keyof typeof ERRORS

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

/** The head that `canonical` hashes, of a push. */
export const batchHead = (push: Pick<PushRequest, 'site' | 'from' | 'to' | 'replay'>): BatchHead => ({
  site: push.site,
  from: push.from,
  to: push.to,
  replay: push.replay,
})
