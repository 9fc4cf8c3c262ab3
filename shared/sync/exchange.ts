import { z } from 'zod'
import type { BatchHead, EncodedOps } from './codec.ts'
import type { Cells, ConflictClass } from './merge.ts'
import { LIMIT } from './protocol.ts'
import { asker, hash16, int, RecipientKey, times, uuid, v } from './wire.ts'

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

/** The head that `canonical` hashes, of a push. */
export const batchHead = (push: Pick<PushRequest, 'site' | 'from' | 'to' | 'replay'>): BatchHead => ({
  site: push.site,
  from: push.from,
  to: push.to,
  replay: push.replay,
})
