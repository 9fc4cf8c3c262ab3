import type { WireManifest } from '../../shared/sync/merge-spec.ts'

/**
 * Where the server keeps things (SYNC.md 6). Three of them: memory (simulation), PGlite and PostgreSQL, which share their SQL; one suite
 * holds for all (tests/server/store.ts). Everything belongs to a tenant, and a transaction sees one tenant only.
 */
export interface Store {
  readonly kind: 'memory' | 'pglite' | 'pg'
  /** Runs in one transaction. `write` first locks the tenant, so that commits come in the order of `head`. Throws Busy, Full; NoTenant. */
  tenant<T>(tenant: string, mode: 'read' | 'write', run: (tx: TenantTx) => Promise<T>): Promise<T>
  /** A new tenant with head 0 and the scopes shared and home. */
  createTenant(tenant: string, epoch: string, now: number): Promise<void>
  /** Which tenant an invite belongs to, by the hash of its code. */
  tenantOfInvite(code: string): Promise<string | null>
  /** The text under a name, made once for all processes of the server. */
  secret(name: string, make: () => string): Promise<string>
  tenants(): Promise<string[]>
  close(): Promise<void>
}

export interface TenantState {
  head: number
  epoch: string
  /** A chance text of this head: who remembers another one for it has seen another order (epoch.ts). '' at the beginning. */
  mark: string
}
export interface DeviceRow {
  id: string
  user: string
  name: string
  platform: string
  /** Ed25519, base64. */
  key: string
  /** X25519, base64: what only owners shall read can be sealed for this device; null until an owner's device says so. */
  recipient: string | null
  /** sha256 of the refresh token that is good now; `before`: short hashes of those before it (token.ts). */
  token: string
  before: string
  gen: number
  registered: number
  seen: number
  revoked: number | null
  why: string | null
}
export type Right = readonly [scope: number, rights: number]
export interface MemberRow {
  user: string
  role: string
  scopes: readonly Right[]
}
export interface SiteRow {
  id: string
  device: string
  parent: string | null
  /** Last site_seq of the parent that this incarnation holds. */
  fork: number
  last: number
  hash: string
}
export interface AuthorRow {
  n: number
  site: string
  user: string | null
}
export interface InviteRow {
  /** sha256 of the code. */
  code: string
  user: string | null
  role: string
  scopes: readonly Right[] | null
  expires: number
  /** The device that took it. */
  used: string | null
}
/** A device that was away for months must still be answered what it was answered. */
export const BATCHES_KEPT = 64
export interface BatchRow {
  site: string
  from: number
  to: number
  hash: string
  /** JSON of what was answered. */
  result: string
  at: number
}
/** cells: JSON, as on the wire. It is not looked into outside the merge. */
export interface StateRow {
  tbl: number
  row: string
  root: string
  scope: number
  seq: number
  cells: string
}
export interface OpRow {
  seq: number
  site: string
  own: number
  author: number
  tbl: number
  row: string
  kind: number
  h: number
  base: number
  /** JSON. */
  f: string
  root: string | null
  /** Why it was refused, or null. */
  code: string | null
}
export interface ConflictRow {
  id: string
  seq: number
  tbl: number
  row: string
  fid: number
  class: string
  /** JSON cells. */
  win: string
  lose: string
}
export interface ExitRow {
  scope: number
  seq: number
  tbl: number
  row: string
}
export type Key = readonly [tbl: number, row: string]
/** Scope and how far its reader is. */
export type Want = readonly [scope: number, cursor: number]

export interface Gathered {
  state: TenantState
  device: DeviceRow | null
  member: MemberRow | null
  scopes: readonly number[]
  sites: readonly SiteRow[]
  authors: readonly AuthorRow[]
  manifests: readonly string[]
  batch: BatchRow | null
  /** If asked for: keys of the devices that are in and their users owners, in order. */
  recipients: readonly string[]
  /** The mark of the head that was asked for. */
  markAt: string | null
  /** Of the rows that were asked for, those that are there. */
  rows: readonly StateRow[]
}

export interface TenantTx {
  /** All that a request begins with, in one journey to the database. The batch, if a site and its first number are given. */
  gather(
    device: string,
    about?: {
      batch?: { site: string; from: number }
      head?: number | undefined
      rows?: readonly Key[]
      recipients?: boolean
    },
  ): Promise<Gathered>
  devices(): Promise<DeviceRow[]>
  members(): Promise<MemberRow[]>
  invite(code: string): Promise<InviteRow | null>
  manifest(hash: string): Promise<WireManifest | null>
  rowsOfRoots(roots: readonly string[]): Promise<StateRow[]>
  opsOf(site: string, after: number, limit: number): Promise<OpRow[]>
  /** In the order of seq, after each cursor and up to head; as many as fit, at least one. `full`: there may be more. */
  page(
    wants: readonly Want[],
    head: number,
    limit: number,
    bytes: number,
  ): Promise<{ rows: Omit<StateRow, 'root'>[]; full: boolean }>
  /** After each cursor and up to `upTo`: rows that left a scope and are not back in it. */
  exits(wants: readonly Want[], upTo: number): Promise<ExitRow[]>
  conflicts(wants: readonly Want[], upTo: number): Promise<ConflictRow[]>
  /** Row ids and seqs of a scope. */
  seqs(scope: number): Promise<[row: string, seq: number][]>

  // Writes come after the reads of a transaction; a read does not see them. They may go to the database with the commit only.
  /** Its mark is remembered for its head. */
  setState(state: TenantState): Promise<void>
  saveDevice(device: DeviceRow): Promise<void>
  saveMember(member: MemberRow): Promise<void>
  saveSite(site: SiteRow): Promise<void>
  saveInvite(invite: InviteRow): Promise<void>
  addScopes(scopes: readonly number[]): Promise<void>
  addManifest(hash: string, sv: number, manifest: WireManifest): Promise<void>
  addAuthors(authors: readonly AuthorRow[]): Promise<void>
  /** Forgets batches from before a time, but never the last ones of a site (BATCHES_KEPT). */
  dropBatches(before: number): Promise<void>
  /** What every push writes: setState, saveRows, its ops, how it was answered, and with the batch last and hash of its site. */
  addPush(push: {
    state: TenantState
    batch: BatchRow
    ops: readonly OpRow[]
    rows: readonly StateRow[]
  }): Promise<void>
  saveRows(rows: readonly StateRow[]): Promise<void>
  addConflicts(conflicts: readonly ConflictRow[]): Promise<void>
  /** Conflicts of these rows come again, under this seq: their readers are new. */
  lift(keys: readonly Key[], seq: number): Promise<void>
  addExits(exits: readonly ExitRow[]): Promise<void>
}

/** Too many at once, or a lock that was waited for too long. */
export class Busy extends Error {}
/** The disk of the server is full. */
export class Full extends Error {}
export class NoTenant extends Error {}
