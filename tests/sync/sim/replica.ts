import { hlcAt, receive, tick } from '../../../shared/sync/clock.ts'
import { bestOffset, type ClockSample, clockSample, keepSamples, restamp } from '../../../shared/sync/clock-skew.ts'
import { canonical, chainHash, decodeOps, encodeOps, sums, wholeCells } from '../../../shared/sync/codec.ts'
import { PullReply, PushReply, SiteReply, SiteStatusReply } from '../../../shared/sync/exchange.ts'
import { KIND } from '../../../shared/sync/manifest.ts'
import { signedText, TokenReply } from '../../../shared/sync/membership.ts'
import {
  type Cells,
  type Fields,
  mergeOp,
  type Op,
  overlay,
  type Value,
  type Writer,
} from '../../../shared/sync/merge.ts'
import type { MergeTables } from '../../../shared/sync/merge-spec.ts'
import { unpackIds } from '../../../shared/sync/packed-ids.ts'
import { PATH, PROTOCOL } from '../../../shared/sync/protocol.ts'
import { ErrorReply } from '../../../shared/sync/wire.ts'
import { Crash, keyOf } from './client.ts'
import { Offline } from './net.ts'

/**
 * A client without a book: what it keeps on disk is one plain object, and everything between two awaits is one transaction. It follows
 * SYNC.md step by step: the reading aid for the real client (main/sync), and a second reading of the protocol that the same seeds try.
 */
export interface LoggedOp {
  site: string
  op: Op
  /** Head of the server from which on a pull holds it; null while it waits, -1 when only the next pull can tell. */
  seq: number | null
  replay: boolean
  /** Refused by the server, or taken out of sight. */
  parked: string | null
}
export interface HeldRow {
  cells: Cells
  scope: number
}
export interface Disk {
  tenant: string
  user: string
  site: string
  /** This incarnation's ancestors: [site, last site_seq that is ours too]. */
  past: [string, number][]
  own: number
  acked: number
  hash: string
  /** Ends of this site's acknowledged batches: [site_seq, hash, seq]. */
  chain: [number, string, number][]
  inFlight: { from: number; to: number; prev: string; hash: string; replay: boolean } | null
  hlc: number
  remote: number
  samples: ClockSample[]
  epoch: string | null
  seen: [number, string] | null
  cursors: Record<string, number>
  authors: [number, string, string | null][]
  ops: LoggedOp[]
  rows: Record<string, HeldRow>
  conflicts: Record<string, PullReply['conflicts'][number]>
  /** Values that stood here and not on a server that was put back. */
  rewound: { key: string; fid: string; value: Value }[]
  /** What is to be asked before anything else. */
  todo: 'nothing' | 'site' | 'reincarnate'
  /** The rows are of an epoch that is over; the next full pull replaces them, and what it lacks is offered again. */
  stale: boolean
}

/** What lies outside the book, in the system's secret store. */
export interface Vault {
  device: string
  key: string
  refresh: string
  next: string
  gen: number
  access: string | null
}

export interface Surroundings {
  /** Epoch ms by this PC's clock, right or wrong. */
  now(): number
  call(path: string, access: string | null, body: string): Promise<{ status: number; text: string }>
  sha256(text: string): string
  sign(key: string, text: string): string
  uuid(): string
  /** Named points at which the process may die: throws. */
  crash(point: string): void
  batch: number
  page: number
  tables: MergeTables
  mh: string
}

export class Stop extends Error {
  readonly reply: ErrorReply
  constructor(reply: ErrorReply) {
    super(reply.error)
    this.reply = reply
  }
}

export function newDisk(tenant: string, user: string, site: string, epoch: string): Disk {
  return {
    tenant,
    user,
    site,
    past: [],
    own: 0,
    acked: 0,
    hash: '',
    chain: [],
    inFlight: null,
    hlc: 0,
    remote: 0,
    samples: [],
    epoch,
    seen: null,
    cursors: {},
    authors: [],
    ops: [],
    rows: {},
    conflicts: {},
    rewound: [],
    todo: 'nothing',
    stale: false,
  }
}

export class Replica {
  disk: Disk
  vault: Vault
  private readonly out: Surroundings
  private life = 0
  /** Ops in a batch, as the server bears them. */
  private most: number
  busy = false
  revoked = false

  constructor(out: Surroundings, disk: Disk, vault: Vault) {
    this.out = out
    this.most = out.batch
    this.disk = disk
    this.vault = vault
  }

  /** The process died: what was in memory is gone. */
  kill(): void {
    this.life++
    this.busy = false
  }

  // ── the book ──

  write(changes: readonly { tbl: number; row: string; kind: number; f: Fields; root?: string }[]): LoggedOp[] {
    const d = this.disk
    d.hlc = tick(d.hlc, this.out.now(), bestOffset(d.samples))
    // A cursor of an epoch that is over says nothing about the order of the new one.
    const base = d.stale ? 0 : this.seen()
    const made = changes.map((c): LoggedOp => {
      const op: Op = { ...c, h: d.hlc, base, own: ++d.own, user: d.user }
      return { site: d.site, op, seq: null, replay: d.stale, parked: null }
    })
    d.ops.push(...made)
    return made
  }

  /** Cells as they show: the server's with what waits upon them. */
  cells(key: string): Cells {
    const d = this.disk
    const waiting = d.ops
      .filter((o) => o.parked === null && this.waits(o) && keyOf(o.op.tbl, o.op.row) === key)
      .map((o) => o.op)
    const held = d.rows[key]?.cells ?? {}
    if (waiting.length === 0) return held
    return overlay(this.table(waiting[0]!.tbl), held, waiting, this.writer())
  }
  keys(): string[] {
    const d = this.disk
    const keys = new Set(Object.keys(d.rows))
    for (const o of d.ops)
      if (o.parked === null && this.waits(o) && o.op.kind !== KIND.patch) keys.add(keyOf(o.op.tbl, o.op.row))
    return [...keys].sort()
  }
  outbox(): number {
    return this.disk.ops.filter((o) => o.site === this.disk.site && o.op.own > this.disk.acked).length
  }
  private waits(o: LoggedOp): boolean {
    if (o.seq === null || o.seq === -1) return true
    return o.seq > this.seen()
  }
  /** Up to which seq everything that may be seen was pulled. */
  private seen(): number {
    const cursors = this.disk.stale ? [] : Object.values(this.disk.cursors)
    return cursors.length > 0 ? Math.min(...cursors) : 0
  }
  private table(tbl: number) {
    return this.out.tables.get(tbl)!
  }
  private writer(): Omit<Writer, 'seq'> {
    const { authors, site, past } = this.disk
    const sites = new Map(authors.map(([n, s]) => [n, s]))
    const known = new Map<string, number>([...past, [site, Number.POSITIVE_INFINITY]])
    return {
      site,
      by: authors.find(([, s, u]) => s === site && u === this.disk.user)?.[0] ?? -1,
      siteOf: (by) => (by === -1 ? site : (sites.get(by) ?? '')),
      knows: (other) => known.get(other) ?? -1,
    }
  }

  // ── the loop: push until nothing waits, then pull to the head ──

  async sync(): Promise<'done' | 'later'> {
    if (this.busy || this.revoked) return 'later'
    this.busy = true
    const life = this.life
    try {
      for (let turns = 0; turns < 60; turns++) {
        const next = await this.turn().catch((error) => this.failed(error))
        if (next === 'later') return 'later'
        if (next === 'done') return 'done'
      }
      return 'later'
    } finally {
      if (life === this.life) this.busy = false
    }
  }

  private async turn(): Promise<'again' | 'done' | 'later'> {
    const { todo } = this.disk
    if (todo === 'site') await this.enterEpoch()
    else if (todo === 'reincarnate') await this.reincarnate()
    else if (this.outbox() > 0) await this.push()
    else {
      await this.pull()
      return this.outbox() > 0 ? 'again' : 'done'
    }
    return 'again'
  }

  private failed(error: unknown): 'again' | 'later' {
    if (error instanceof Crash) throw error
    if (error instanceof Offline || error instanceof SyntaxError || (error as Error).name === 'ZodError') return 'later'
    if (!(error instanceof Stop)) throw error
    const d = this.disk
    const { reply } = error
    switch (reply.error) {
      case 'epoch_changed':
        // The site is asked for first: how much of it this server has decides what is sent again.
        d.epoch = reply.epoch!
        d.todo = 'site'
        return 'again'
      case 'fork':
        d.todo = 'reincarnate'
        return 'again'
      case 'not_found':
        d.todo = 'site'
        return 'again'
      case 'clock_ahead':
        this.setClockBack(reply.now!)
        return 'again'
      case 'too_large':
        // Nothing of it was stored, and nothing ever will be.
        this.most = Math.max(1, (d.inFlight!.to - d.inFlight!.from + 1) >> 2)
        d.inFlight = null
        return 'later'
      case 'revoked':
        this.revoked = true
        return 'later'
      default:
        return 'later'
    }
  }

  private async ask<T>(path: string, body: object, schema: { parse(x: unknown): T }): Promise<T> {
    const life = this.life
    for (let tries = 0; ; tries++) {
      const t0 = this.out.now()
      this.out.crash(`before ${path}`)
      const answer = await this.out.call(
        path,
        this.vault.access,
        JSON.stringify({ v: PROTOCOL, tenant: this.disk.tenant, t0, ...body }),
      )
      if (life !== this.life) throw new Crash('another life')
      this.out.crash(`after ${path}`)
      const json = JSON.parse(answer.text) as { t1?: number; t2?: number }
      if (answer.status !== 200) {
        const reply = ErrorReply.parse(json)
        const expired = reply.error === 'token_expired' || reply.error === 'unauthorized'
        if (!expired || tries > 0 || path === PATH.token) throw new Stop(reply)
        await this.renew()
        continue
      }
      if (json.t1 !== undefined && json.t2 !== undefined)
        this.disk.samples = keepSamples(this.disk.samples, clockSample(t0, json.t1, json.t2, this.out.now()))
      return schema.parse(json)
    }
  }

  private async renew(): Promise<void> {
    const v = this.vault
    // Kept before it is sent, or a lost answer would look like a theft.
    if (v.next === '') v.next = this.out.uuid() + this.out.uuid()
    const { device, gen, refresh, next: coming } = v
    const [token, next] = [this.out.sha256(refresh), this.out.sha256(coming)]
    const sig = this.out.sign(v.key, signedText('token', this.disk.tenant, device, gen, token, next))
    const reply = await this.ask(PATH.token, { device, gen, token: refresh, next, sig }, TokenReply)
    v.access = reply.access
    // Another process of this PC may have asked the same meanwhile, and had the same answer.
    if (v.gen === gen) Object.assign(v, { refresh: coming, next: '', gen: gen + 1 })
  }

  private asker() {
    const { seen, stale } = this.disk
    return { epoch: this.disk.epoch, sv: 3, mh: this.out.mh, ...(seen && !stale ? { seen } : {}) }
  }

  // ── push ──

  private async push(): Promise<void> {
    const d = this.disk
    const waiting = d.ops.filter((o) => o.site === d.site && o.op.own > d.acked)
    if (!d.inFlight) {
      const { replay } = waiting[0]!
      const other = waiting.findIndex((o) => o.replay !== replay)
      const count = Math.min(this.most, other < 0 ? waiting.length : other)
      const head = { site: d.site, from: d.acked + 1, to: d.acked + count, replay }
      const coded = encodeOps(waiting.slice(0, count).map((o) => o.op))
      const hash = chainHash(this.out.sha256, d.hash, canonical(head, coded))
      this.out.crash('before in_flight')
      d.inFlight = { from: head.from, to: head.to, prev: d.hash, hash, replay }
      this.out.crash('after in_flight')
    }
    const { from, to, prev, hash, replay } = d.inFlight
    const sent = waiting.slice(0, to - from + 1)
    const ops = encodeOps(sent.map((o) => o.op))
    const body = { ...this.asker(), site: d.site, from, to, prev, hash, replay, ops }
    const reply = await this.ask(PATH.push, body, PushReply)
    const verdicts = new Map(reply.verdicts.map(([own, code]) => [own, code]))
    this.out.crash('before ack')
    for (const o of sent) {
      o.seq = reply.s1
      const code = verdicts.get(o.op.own)
      // After a rewind a patch may come before the row it means; the row is filled in with what it shows here.
      if (code && code !== 'lost' && !(code === 'unknown_row' && o.replay)) o.parked = code
    }
    this.most = this.out.batch
    d.chain.push([to, hash, reply.s1])
    Object.assign(d, { acked: to, hash, inFlight: null })
    this.fastForward(reply, sent)
    this.out.crash('after ack')
  }

  /** Saves the echo: nothing came between, and the server's state is what this device foretold. */
  private fastForward(reply: PushReply, sent: readonly LoggedOp[]): void {
    const d = this.disk
    const cursors = Object.values(d.cursors)
    const writer = this.writer()
    if (cursors.length === 0 || writer.by === -1 || d.stale) return
    if (cursors.some((c) => c !== reply.s0 - 1)) return
    if (reply.lost) return
    // Taken out of sight here, and taken by the server all the same.
    if (sent.some((o) => o.parked !== null)) return
    sent.forEach(({ op, parked, replay }, i) => {
      const key = keyOf(op.tbl, op.row)
      const held = d.rows[key]
      // Where a new row is only the server knows.
      if (parked !== null || !held) return
      held.cells = mergeOp(this.table(op.tbl), held.cells, op, { ...writer, replay, seq: reply.s0 + i }).cells
    })
    if (sent.some(({ op, parked }) => parked === null && !d.rows[keyOf(op.tbl, op.row)])) return
    d.cursors = Object.fromEntries(Object.keys(d.cursors).map((scope) => [scope, reply.s1]))
    d.seen = [reply.s1, reply.mark]
  }

  private setClockBack(now: number): void {
    const d = this.disk
    const unsent = d.ops.filter((o) => o.site === d.site && o.op.own > d.acked)
    const stamps = [...new Set(unsent.map((o) => o.op.h))]
    const lower = restamp(stamps, now)
    const next = new Map(stamps.map((h, i) => [h, lower[i]!]))
    for (const o of unsent) o.op = { ...o.op, h: next.get(o.op.h)! }
    d.inFlight = null
    d.samples = keepSamples([], { offset: now - this.out.now(), rtt: 0 })
    d.hlc = Math.max(hlcAt(now), d.remote, ...lower)
  }

  // ── pull ──

  private async pull(): Promise<void> {
    const d = this.disk
    const fresh = d.stale
    let cursors = fresh ? {} : d.cursors
    const pages: PullReply[] = []
    // Authors of an epoch are numbered anew.
    let known = fresh ? 0 : Math.max(0, ...d.authors.map(([n]) => n))
    for (;;) {
      const body = {
        ...this.asker(),
        site: d.site,
        acked: d.acked,
        scopes: cursors,
        authors: known,
        limit: this.out.page,
      }
      const page = await this.ask<PullReply>(PATH.pull, body, PullReply)
      pages.push(page)
      cursors = page.next
      known = Math.max(known, ...page.authors.map(([n]) => n))
      if (!page.more) break
    }
    this.out.crash('before apply')
    this.apply(pages, fresh)
    this.out.crash('after apply')
  }

  private apply(pages: readonly PullReply[], fresh: boolean): void {
    const d = this.disk
    const before = fresh ? Object.fromEntries(this.keys().map((key) => [key, this.cells(key)])) : null
    if (fresh) {
      d.rows = {}
      d.authors = []
    }
    for (const page of pages) {
      d.authors.push(...page.authors)
      for (const [scope, tbl, row] of page.exits)
        if (d.rows[keyOf(tbl, row)]?.scope === scope) this.purge(keyOf(tbl, row))
      const { t, r, s, o, f } = page.rows
      const ids = unpackIds(r)!
      sums(s).forEach((_, i) => {
        const key = keyOf(t[i]!, ids[i]!)
        d.rows[key] = { cells: wholeCells(ids[i]!, f[i]!), scope: o[i]! }
        for (const cell of Object.values(f[i]!)) d.remote = Math.max(d.remote, cell[1])
      })
      for (const c of page.conflicts) d.conflicts[c.id] = c
    }
    const last = pages.at(-1)!
    for (const [key, row] of Object.entries(d.rows))
      if (!last.granted.some(([scope]) => scope === row.scope)) this.purge(key)
    d.hlc = receive(d.hlc, d.remote)
    d.epoch = last.epoch
    d.cursors = last.next
    d.seen = [last.head, last.mark]
    d.stale = false
    for (const o of d.ops) {
      if (o.seq === -1) o.seq = 0
      // It left one scope and came back by another that may be seen too: nothing was taken away.
      if (o.parked === 'quarantine' && d.rows[keyOf(o.op.tbl, o.op.row)]) o.parked = null
    }
    if (before) this.fill(before)
  }

  /** Out of sight; changes that wait on it go to the tray. */
  private purge(key: string): void {
    const d = this.disk
    delete d.rows[key]
    for (const o of d.ops)
      if (this.waits(o) && o.parked === null && keyOf(o.op.tbl, o.op.row) === key) o.parked = 'quarantine'
  }

  /** After the server was put back: what it has nothing of is offered again, what it has otherwise is told. */
  private fill(before: Record<string, Cells>): void {
    const d = this.disk
    for (const [key, cells] of Object.entries(before)) {
      const [tbl, row] = key.split(':') as [string, string]
      const now = this.cells(key)
      // By stamp: an older value that came along under a newer stamp would beat what is between them elsewhere.
      const missing = new Map<number, Record<string, readonly [Value]>>()
      for (const [fid, cell] of Object.entries(cells)) {
        if (!now[fid]) missing.set(cell[1], { ...missing.get(cell[1]), [fid]: [cell[0]] })
        else if (now[fid][0] !== cell[0]) d.rewound.push({ key, fid, value: cell[0] })
      }
      for (const [h, f] of [...missing].sort(([a], [b]) => a - b)) {
        const op: Op = { tbl: Number(tbl), row, kind: KIND.fill, h, base: 0, own: ++d.own, user: d.user, f }
        d.ops.push({ site: d.site, op, seq: null, replay: true, parked: null })
      }
    }
  }

  // ── a new epoch, a new incarnation ──

  private async enterEpoch(): Promise<void> {
    const d = this.disk
    const [parent, fork] = d.past[0] ?? [null, 0]
    const reply = await this.ask(PATH.site, { site: d.site, parent, fork }, SiteReply)
    this.out.crash('before epoch')
    const seen = this.seen()
    Object.assign(d, { epoch: reply.epoch, todo: 'nothing', stale: true })
    const sent = d.inFlight?.to === reply.last && d.inFlight.hash === reply.hash
    if (reply.last > 0 && !sent && !d.chain.some(([to, hash]) => to === reply.last && hash === reply.hash)) {
      // What the server has of this site is not from this book: another goes by its name.
      d.inFlight = null
      d.todo = 'reincarnate'
      return
    }
    // Up to the last batch that is still there, the order of the server is the one that was seen.
    const common = d.chain.find(([to]) => to === reply.last)?.[2] ?? 0
    if (sent) d.chain.push([reply.last, reply.hash, 0])
    d.chain = d.chain.filter(([to]) => to <= reply.last)
    d.inFlight = null
    d.acked = reply.last
    d.hash = reply.hash
    for (const o of d.ops) {
      // Of earlier incarnations nothing is sent again; what shows of them is filled in.
      if (o.site !== d.site || o.op.own <= reply.last) {
        // Acknowledged and not pulled yet: it goes on showing until the pull brings it.
        o.seq = o.seq === null || o.seq < 0 || o.seq > seen ? -1 : 0
      } else {
        Object.assign(o, { seq: null, replay: true, op: { ...o.op, base: Math.min(o.op.base, common) } })
        // It is sent again, so it shows again: what is written now is written over it.
        if (o.parked === 'quarantine') o.parked = null
      }
    }
    this.out.crash('after epoch')
  }

  private async reincarnate(): Promise<void> {
    const d = this.disk
    // From the first one on: what was acknowledged may since have been put back and taken by a twin.
    const mine = d.ops.filter((o) => o.site === d.site)
    let same = 0
    for (;;) {
      const status = await this.ask(PATH.siteStatus, { site: d.site, after: same, limit: 200 }, SiteStatusReply)
      const there = decodeOps(status.ops, same + 1)
      let i = 0
      while (i < there.length && mine[same + i] && equalOps(there[i]!, mine[same + i]!.op)) i++
      same += i
      if (i < there.length || !status.more || there.length === 0) break
    }
    const site = this.out.uuid()
    const fork = same
    const reply = await this.ask(PATH.site, { site, parent: d.site, fork }, SiteReply)
    this.out.crash('before rebirth')
    for (const o of mine.slice(0, same)) if (o.seq === null) o.seq = -1
    // People go on writing while the server is asked: what is re-issued is looked for now, not before.
    const rest = d.ops.filter((o) => o.site === d.site && o.op.own > fork)
    for (const [i, o] of rest.entries()) {
      const again = o.seq !== null
      const op = { ...o.op, own: i + 1, base: again ? 0 : o.op.base }
      Object.assign(o, { site, op, seq: null, replay: o.replay || again })
    }
    d.past = [[d.site, fork], ...d.past]
    Object.assign(d, {
      site,
      own: rest.length,
      acked: reply.last,
      hash: reply.hash,
      inFlight: null,
      todo: 'nothing',
    })
    this.out.crash('after rebirth')
  }
}

/** Stamps may have been lowered since; the rest says whether it is the same change. */
function equalOps(a: Op, b: Op): boolean {
  return a.tbl === b.tbl && a.row === b.row && a.kind === b.kind && JSON.stringify(a.f) === JSON.stringify(b.f)
}
