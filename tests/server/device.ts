import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import type { App } from '../../server/app.ts'
import { ownerInvite } from '../../server/business.ts'
import { handle } from '../../server/handle.ts'
import { nodeCrypto } from '../../server/host.ts'
import { hlcAt } from '../../shared/sync/clock.ts'
import { canonical, chainHash, encodeOps, sums, wholeCells } from '../../shared/sync/codec.ts'
import { PullReply, PushReply } from '../../shared/sync/exchange.ts'
import { KIND } from '../../shared/sync/manifest.ts'
import { RegisterReply, signedText, TokenReply } from '../../shared/sync/membership.ts'
import type { Cells, Op } from '../../shared/sync/merge.ts'
import { manifestText, wireManifest } from '../../shared/sync/merge-spec.ts'
import { unpackIds } from '../../shared/sync/packed-ids.ts'
import { PATH, PROTOCOL } from '../../shared/sync/protocol.ts'
import type { ErrorReply } from '../../shared/sync/wire.ts'

const { sha256 } = nodeCrypto
export const MH = sha256(manifestText(wireManifest())).slice(0, 32)

export interface PulledRow {
  tbl: number
  row: string
  seq: number
  scope: number
  cells: Cells
}

export class Refused extends Error {
  readonly status: number
  readonly reply: ErrorReply
  constructor(status: number, reply: ErrorReply) {
    super(reply.error)
    this.status = status
    this.reply = reply
  }
}

/** How a device's words come to the server and back: straight (here), or over HTTP. */
export type Carry = (path: string, access: string | null, body: unknown) => Promise<{ status: number; body: unknown }>

export const straight =
  (app: App): Carry =>
  async (path, access, body) => {
    const { status, text } = await handle(app, { path, access, body: JSON.parse(JSON.stringify(body)) })
    return { status, body: JSON.parse(text) }
  }

/** A device that speaks the protocol and holds no book: what it pushes is given to it. */
export class Device {
  readonly id: string = randomUUID()
  site: string = randomUUID()
  user: string = randomUUID()
  tenant = ''
  access: string | null = null
  epoch: string | null = null
  role = ''
  refresh = newToken()
  gen = 0
  own = 0
  hash = ''
  cursors: Record<string, number> = {}
  authors = new Map<number, { site: string; user: string | null }>()
  readonly key: string
  private readonly carry: Carry
  private readonly now: () => number
  private readonly privateKey: KeyObject

  constructor(carry: Carry, now: () => number) {
    this.carry = carry
    this.now = now
    const pair = generateKeyPairSync('ed25519')
    this.privateKey = pair.privateKey
    const x = (pair.publicKey.export({ format: 'jwk' }) as { x: string }).x
    this.key = Buffer.from(x, 'base64url').toString('base64')
  }

  signed(text: string): string {
    return sign(null, Buffer.from(text), this.privateKey).toString('base64')
  }

  async call<T>(path: string, body: object, schema?: { parse(x: unknown): T }): Promise<T> {
    const answer = await this.carry(path, this.access, body)
    if (answer.status !== 200) throw new Refused(answer.status, answer.body as ErrorReply)
    return schema ? schema.parse(answer.body) : (answer.body as T)
  }
  ask<T>(path: string, more: object = {}, schema?: { parse(x: unknown): T }): Promise<T> {
    return this.call(path, { v: PROTOCOL, tenant: this.tenant, ...more }, schema)
  }
  asker() {
    return { epoch: this.epoch, sv: 3, mh: MH, t0: this.now() }
  }

  registration(invite: string) {
    const next = sha256(this.refresh)
    return {
      v: PROTOCOL,
      invite,
      tenant: this.tenant || null,
      device: this.id,
      name: 'PC',
      platform: 'test',
      key: this.key,
      user: this.user,
      site: this.site,
      next,
      sig: this.signed(signedText('register', invite, this.id, this.site, next)),
      t0: this.now(),
    }
  }
  async register(invite: string): Promise<RegisterReply> {
    const reply = await this.call(PATH.register, this.registration(invite), RegisterReply)
    const { tenant, access, epoch, user, role } = reply
    Object.assign(this, { tenant, access, epoch, user, role })
    return reply
  }
  renewal(next: string) {
    const { tenant, id, gen, refresh } = this
    const sig = this.signed(signedText('token', tenant, id, gen, sha256(refresh), sha256(next)))
    return { v: PROTOCOL, tenant, device: id, gen, token: refresh, next: sha256(next), sig, t0: this.now() }
  }
  async renew(): Promise<TokenReply> {
    const next = newToken()
    const reply = await this.call(PATH.token, this.renewal(next), TokenReply)
    Object.assign(this, { access: reply.access, refresh: next, gen: this.gen + 1 })
    return reply
  }

  batch(ops: readonly Partial<Op>[], more: { replay?: boolean } = {}) {
    const from = this.own + 1
    const seen = Math.max(0, ...Object.values(this.cursors))
    const list = ops.map(
      (op, i): Op => ({
        tbl: 1,
        row: randomUUID(),
        kind: KIND.put,
        h: hlcAt(this.now()) + i,
        base: seen,
        user: this.user,
        f: {},
        ...op,
        own: from + i,
      }),
    )
    const coded = encodeOps(list)
    const head = { site: this.site, from, to: this.own + list.length, replay: more.replay ?? false }
    const hash = chainHash(sha256, this.hash, canonical(head, coded))
    return { v: PROTOCOL, tenant: this.tenant, ...this.asker(), ...head, prev: this.hash, hash, ops: coded }
  }
  async send(batch: ReturnType<Device['batch']>): Promise<PushReply> {
    const reply = await this.call(PATH.push, batch, PushReply)
    this.own = batch.to
    this.hash = batch.hash
    return reply
  }
  push(ops: readonly Partial<Op>[], more: { replay?: boolean } = {}): Promise<PushReply> {
    return this.send(this.batch(ops, more))
  }

  async page(limit = 5_000, also: { recipients?: string } = {}) {
    const authors = Math.max(0, ...this.authors.keys())
    const more = { site: this.site, scopes: this.cursors, authors, limit, ...also }
    const reply = await this.ask<PullReply>(PATH.pull, { ...this.asker(), ...more }, PullReply)
    this.cursors = reply.next
    this.epoch = reply.epoch
    for (const [n, site, user] of reply.authors) this.authors.set(n, { site, user })
    const { t, r, s, o, f } = reply.rows
    const seqs = sums(s)
    const rows = unpackIds(r)!.map(
      (row, i): PulledRow => ({ tbl: t[i]!, row, seq: seqs[i]!, scope: o[i]!, cells: wholeCells(row, f[i]!) }),
    )
    return { ...reply, rows }
  }
  /** Everything new; the last state of each row, by id. */
  async pull(limit = 5_000) {
    const rows = new Map<string, PulledRow>()
    const conflicts: PullReply['conflicts'] = []
    const exits: PullReply['exits'] = []
    for (;;) {
      const reply = await this.page(limit)
      for (const row of reply.rows) rows.set(row.row, row)
      conflicts.push(...reply.conflicts)
      exits.push(...reply.exits)
      if (!reply.more) {
        const { head, granted, revoked } = reply
        return { rows, conflicts, exits, head, granted, revoked }
      }
    }
  }
}

const newToken = () => randomBytes(32).toString('hex')
export const device = (carry: Carry, now: () => number): Device => new Device(carry, now)

export async function ownerDevice(app: App, tenant: string, now: () => number): Promise<Device> {
  const owner = device(straight(app), now)
  await owner.register(await ownerInvite(app, tenant, 60_000))
  return owner
}
