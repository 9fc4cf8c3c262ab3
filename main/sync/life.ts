import { BadBatch, decodeOps } from '../../shared/sync/codec.ts'
import { SiteReply, SiteStatusReply } from '../../shared/sync/exchange.ts'
import type { Op } from '../../shared/sync/merge.ts'
import { LIMIT, PATH } from '../../shared/sync/protocol.ts'
import { setMeta } from '../db/migrate.ts'
import { write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import { type Door, hex } from './door.ts'
import { ackedUpTo, lineAt, toOp, waitingLines } from './log-lines.ts'
import { forgetPages, park } from './outbox.ts'
import { type Anchor, Refused, type SyncParts, Unreachable } from './parts.ts'
import { sentBetween } from './sent.ts'
import { type Ancestor, lifeOf, readState, type State, saveState, wireSite } from './state.ts'

/** Is this the life of the book that the server knows, the newest state of it, on the same computer? A false alarm only costs a new name. */
export function isSameLife(ctx: Ctx, parts: SyncParts, state: State): boolean {
  const anchor = parts.anchor.read()
  if (!anchor || lifeOf(ctx.db) !== state.life || anchor.site !== state.site) return false
  if (anchor.machine !== parts.machine() || state.own < anchor.own) return false
  return state.nonce === anchor.nonce || state.nonce === anchor.next
}

/** A new mark in the book and beside it: whoever opens an older copy, or a second one, has another. Killed between, either mark is good. */
export function markAnew(ctx: Ctx, parts: SyncParts): void {
  const state = readState(ctx.db)!
  const next = hex(parts.bytes(8))
  const anchor: Anchor = { site: state.site, nonce: state.nonce, next, own: state.own, machine: parts.machine() }
  parts.anchor.write(anchor)
  write(ctx, 'sync.mark', (tx) => saveState(tx.db, { nonce: next }))
  parts.anchor.write({ ...anchor, nonce: next, next: null })
}

export function noteOwn(ctx: Ctx, parts: SyncParts): void {
  const anchor = parts.anchor.read()
  const state = readState(ctx.db)
  if (anchor && state && anchor.site === state.site && anchor.own !== state.own)
    parts.anchor.write({ ...anchor, own: state.own })
}

/**
 * The book was restored, copied or carried to another computer: it goes on under a new name, as a child of what it was (SYNC.md 12). What waits here
 * and had arrived before is acknowledged; the rest is sent under the new name with its stamps. The cursors stay, so what is missing comes back.
 */
export async function reincarnate(ctx: Ctx, parts: SyncParts, door: Door): Promise<void> {
  const state = readState(ctx.db)!
  const { fork, refused } = await sharedWith(ctx, door, state)
  let life = lifeOf(ctx.db) === state.life ? hex(parts.bytes(8)) : lifeOf(ctx.db)
  let parent: boolean
  try {
    parent = await open(door, state, wireSite(life), state.site, fork)
  } catch (error) {
    // A copy of the restored book was here first.
    if (!isTaken(error)) throw error
    life = hex(parts.bytes(8))
    parent = await open(door, state, wireSite(life), state.site, fork)
  }
  const site = wireSite(life)
  parts.point?.('before rebirth')
  write(ctx, 'sync.life', (tx) => {
    const { db } = tx
    const now = readState(db)!
    const ancestors: Ancestor[] = parent ? [...now.ancestors, [state.site, fork]] : []
    let acked = now.acked
    if (fork > now.own) {
      // What waited and had arrived: as if its answer came now.
      const arrived = waiting(ctx, now).slice(0, fork - now.own)
      const sent = db.prepare('DELETE FROM sync_replay WHERE seq = ?')
      for (const [i, { seq }] of arrived.entries()) {
        sent.run(seq)
        const code = refused.get(now.own + 1 + i)
        if (code) park(tx, seq, code)
      }
      acked = Math.max(acked, arrived.at(-1)?.seq ?? 0)
      forgetPages(db)
      db.prepare(
        "INSERT INTO sync_sent (site, first, last, hash, head, ranges) VALUES (?, ?, ?, '', ?, ?) ON CONFLICT DO NOTHING",
      ).run(state.site, now.own + 1, fork, (now.seen?.[0] ?? 0) + 1, JSON.stringify(arrived.map(({ seq }) => [seq, 1])))
    } else if (fork < now.own) {
      // The server was put back, and another life of this book took the numbers: what it does not have is sent again.
      const again = sentBetween(ctx, state.site, fork, now.own)
      const unsee = db.prepare('UPDATE change_tx SET base = 0 WHERE tx = (SELECT tx FROM change WHERE seq = ?)')
      const put = db.prepare('INSERT INTO sync_replay (seq) VALUES (?) ON CONFLICT DO NOTHING')
      for (const seq of again) {
        unsee.run(seq)
        put.run(seq)
      }
      db.prepare('DELETE FROM sync_sent WHERE site = ? AND last > ?').run(state.site, fork)
    }
    setMeta(db, 'site', life)
    const nonce = hex(parts.bytes(8))
    saveState(db, { life, site, ancestors, acked: ackedUpTo(db, acked), own: 0, hash: '', flight: null, nonce })
    tx.touched.add('sync')
  })
  const after = readState(ctx.db)!
  parts.anchor.write({ site, nonce: after.nonce, next: null, own: 0, machine: parts.machine() })
}

/** A site at the server; true when it stands there as the child of `parent`. Another device's past may not be claimed while that device is in. */
async function open(door: Door, state: State, site: string, parent: string | null, fork: number): Promise<boolean> {
  try {
    await door.ask(PATH.site, { tenant: state.tenant, site, parent, fork }, SiteReply)
    return parent !== null
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'forbidden' && parent !== null) || isTaken(error)) throw error
    await door.ask(PATH.site, { tenant: state.tenant, site, parent: null, fork: 0 }, SiteReply)
    return false
  }
}

/** The site is another device's by now: this book is a copy. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Refused && error.code === 'forbidden' && error.reply.why === 'site'

/** The server does not know this site: it was put back to a day before it. */
export async function openAgain(door: Door, state: State): Promise<void> {
  const [parent, fork] = state.ancestors.at(-1) ?? [null, 0]
  await open(door, state, state.site, parent, fork)
}

interface Mine {
  op: Op | null
  seq: number
}

/** What would be sent next, in its order. */
function waiting(ctx: Ctx, state: State): Mine[] {
  const { db } = ctx
  const parked = new Set((db.prepare('SELECT seq FROM sync_parked').all() as { seq: number }[]).map((p) => p.seq))
  const again = (db.prepare('SELECT seq FROM sync_replay ORDER BY n').all() as { seq: number }[]).flatMap(
    ({ seq }) => lineAt(db, seq) ?? [],
  )
  return [...again, ...waitingLines(db, state.acked, Number.MAX_SAFE_INTEGER)].flatMap((line) => {
    const op = parked.has(line.seq) || line.covered ? null : toOp(db, line, 0)
    return op ? [{ op, seq: line.seq }] : []
  })
}

/**
 * Up to which of its numbers the server has of this site what this book has: compared from the first on, for what was acknowledged may since have
 * been put back there and its numbers taken by another life of this book. With those the server refused: their answer may have been lost.
 */
async function sharedWith(ctx: Ctx, door: Door, state: State): Promise<{ fork: number; refused: Map<number, string> }> {
  const sent = sentBetween(ctx, state.site, 0, state.own).map((seq): Mine => {
    const line = lineAt(ctx.db, seq)
    return { op: line ? toOp(ctx.db, line, 0) : null, seq }
  })
  // Sent and not here: taken out of this book with a scope; nothing can be said against it.
  while (sent.length < state.own) sent.unshift({ op: null, seq: 0 })
  const mine = [...sent, ...waiting(ctx, state)]
  const refused = new Map<number, string>()
  for (let fork = 0; ; ) {
    const theirs = await statusOf(door, state, state.site, fork)
    // Nothing can be compared. What was acknowledged has arrived; should the server have lost it since, a new epoch fills it.
    if (theirs.isOthers) return { fork: state.own, refused }
    for (const [own, code] of theirs.refused) refused.set(own, code)
    for (const op of theirs.ops) {
      const next = mine[fork]
      if (!next || (next.op !== null && !isSame(next.op, op))) return { fork, refused }
      fork++
    }
    if (!theirs.more || theirs.ops.length === 0) return { fork, refused }
  }
}

/** Stamps may have been lowered since; what was said is the same. */
const isSame = (a: Op, b: Op): boolean =>
  a.tbl === b.tbl && a.row === b.row && a.kind === b.kind && JSON.stringify(sorted(a.f)) === JSON.stringify(sorted(b.f))

const sorted = (f: Op['f']) => Object.entries(f).sort(([a], [b]) => Number(a) - Number(b))

export interface SiteStatus {
  known: boolean
  /** It belongs to another device, which is in: nothing is told of it. */
  isOthers: boolean
  last: number
  hash: string
  ops: Op[]
  refused: readonly (readonly [own: number, code: string])[]
  more: boolean
}

export async function statusOf(
  door: Door,
  state: State,
  site: string,
  after: number,
  limit: number = LIMIT.ops,
): Promise<SiteStatus> {
  try {
    const reply = await door.ask(PATH.siteStatus, { tenant: state.tenant, site, after, limit }, SiteStatusReply)
    return { ...reply, isOthers: false, ops: decodeOps(reply.ops as Parameters<typeof decodeOps>[0], after + 1) }
  } catch (error) {
    if (error instanceof BadBatch) throw new Unreachable('not_daftar', error)
    // A device that is still in: its past is not ours.
    if (error instanceof Refused && error.code === 'forbidden')
      return { known: false, isOthers: true, last: 0, hash: '', ops: [], refused: [], more: false }
    throw error
  }
}
