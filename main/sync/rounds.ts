import { addToDigest, emptyDigest } from '../../shared/sync/digest.ts'
import { DigestReply, PullReply, PushReply } from '../../shared/sync/exchange.ts'
import { DoneReply } from '../../shared/sync/membership.ts'
import { manifestText, wireManifest } from '../../shared/sync/merge-spec.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { newestSchema, readMeta, setMeta } from '../db/migrate.ts'
import { write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import { applyInbox, cursors, cut, type Piece, pieceOf } from './apply.ts'
import { sealAside } from './aside.ts'
import { lastAuthor } from './authors.ts'
import { afterLanding, type Batch, readBatch } from './batch.ts'
import { countConflicts, settleConflicts } from './conflicts.ts'
import { deriveNext } from './derive.ts'
import type { Door } from './door.ts'
import { shapes } from './fields.ts'
import { recipientsHash } from './known-recipients.ts'
import { noteOwn } from './life.ts'
import { countWaiting } from './log-lines.ts'
import { landed, nextFlight, park } from './outbox.ts'
import { Refused, SIZES, type SyncParts } from './parts.ts'
import { takeRecipients } from './recipients.ts'
import { seedNext } from './seed.ts'
import { type Flight, readState, type State, saveState } from './state.ts'
import { replayUnknown } from './unknown.ts'

/** What a round works with. `said` tells what is being done, for the chip. */
export interface Work {
  readonly ctx: Ctx
  readonly parts: SyncParts
  readonly door: Door
  /** Ops in a batch, as the server bears them. */
  most: number
  said(doing: 'sending' | 'receiving' | 'idle', rows?: number): void
  readonly pace: Pace
  /** Lets other calls in between long steps. */
  pause(): Promise<void>
}

/** What is long is done in turns. */
type Turns = Pick<Work, 'ctx' | 'parts' | 'pace' | 'pause'>

/** Rows in a turn of what is long, by how long the turns before took. */
export type Pace = Record<'apply' | 'derive', { size: number }>
export const newPace = (): Pace => ({ apply: { size: 300 }, derive: { size: 200 } })

const DAY = 86_400_000

export const manifestHash = (parts: SyncParts): string => parts.crypto.sha256(manifestText(wireManifest())).slice(0, 32)

const PROGRAM = {}
/** What this program knows of books: worked out once a connection, for the steps lie in files. */
const programOf = ({ ctx, parts }: Work) =>
  ctx.db.remember(PROGRAM, () => ({ sv: newestSchema(), mh: manifestHash(parts) }))

const asker = (work: Work, state: State) => ({
  tenant: state.tenant,
  epoch: state.epoch,
  ...programOf(work),
  site: state.site,
  ...(state.seen ? { seen: state.seen } : {}),
})

const hasReplay = (ctx: Ctx) => ctx.db.prepare('SELECT 1 FROM sync_replay LIMIT 1').get() !== undefined

/** Sends everything that waits. */
export async function pushAll(work: Work): Promise<void> {
  const { ctx, parts, door } = work
  while (seedNext(ctx)) await work.pause()
  let ready: Batch | null = null
  for (;;) {
    const state = readState(ctx.db)!
    if (!state.flight && countWaiting(ctx.db, state.acked, 1) === 0 && !hasReplay(ctx)) return
    work.said('sending')
    parts.point?.('before flight')
    const flight = write(ctx, 'sync.flight', (tx) => nextFlight(tx, parts, readState(ctx.db)!, work.most, ready))
    ready = null
    parts.point?.('flight kept')
    if (!flight) continue
    const { site, from, to, prev, hash, replay, ops } = flight
    try {
      const request = { ...asker(work, state), site, from, to, prev, hash, replay, ops }
      const [reply, next] = await Promise.all([door.ask(PATH.push, request, PushReply), readNext(work, state, flight)])
      ready = next
      parts.point?.('push answered')
      write(ctx, 'sync.landed', (tx) => {
        landed(tx, flight, reply)
        sealAside(tx, parts.crypto)
      })
      parts.point?.('push landed')
      work.most = Math.min((parts.sizes ?? SIZES).ops, reply.next_max)
      noteOwn(ctx, parts)
    } catch (error) {
      if (!(error instanceof Refused && (error.code === 'bad_request' || error.code === 'too_large'))) throw error
      ctx.log.error('sync.push', error, { why: error.reply.why, ops: ops.t.length })
      // Nothing of it was stored. Smaller and smaller, until the one that cannot go is found and put aside.
      write(ctx, 'sync.smaller', (tx) => {
        const first = flight.ranges[0]![0]
        if (ops.t.length === 1) {
          park(tx, first, error.code === 'too_large' ? 'too_big' : 'bad_value')
          if (flight.lost) tx.db.prepare('DELETE FROM sync_replay WHERE n <= ?').run(flight.upTo)
          else saveState(tx.db, { acked: Math.max(state.acked, first) })
        }
        saveState(tx.db, { flight: null })
      })
      work.most = Math.max(1, ops.t.length >> 2)
    }
    await work.pause()
  }
}

/** The batch after this one, read while it is on its way; null where its answer may change what comes next. */
async function readNext({ ctx, parts, most, pause }: Work, state: State, flight: Flight): Promise<Batch | null> {
  if (flight.replay) return null
  const reading = readBatch(ctx.db, parts.crypto.sha256, afterLanding(state, flight), most)
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
    await pause()
  }
}

/** Pulls until there is nothing more; gives how many rows came. The next page is on its way while one is applied. */
export async function pullAll(work: Work): Promise<number> {
  const { ctx, parts } = work
  const { whole } = parts.sizes ?? SIZES
  const { mh } = programOf(work)
  if (readState(ctx.db)!.manifest !== mh) replayUnknown(ctx, mh, (db, manifest) => saveState(db, { manifest }))
  let came = 0
  let coming: Promise<Asked> | null = null
  for (;;) {
    const staged = inbox(ctx)
    const asked: Asked = await (coming ?? askPage(work, staged.next ?? cursors(ctx.db), staged.last))
    const { page, scopes } = asked
    parts.point?.('page came')
    // Before anything has to go: who may open it is known then.
    if (page.recipients) takeRecipients(ctx, parts, page.recipients)
    const piece = pieceOf(page)
    const rows = piece.told.length
    const moved = rows > 0 || page.exits.length > 0 || page.conflicts.length > 0 || page.revoked.length > 0
    if (!moved && staged.pages === 0 && !page.more && isCaughtUp(ctx, page)) return came
    coming = page.more ? askPage(work, { ...scopes, ...page.next }, page) : null
    // It is looked at in its turn, if that comes.
    coming?.catch(() => {})
    if (rows > 0) work.said('receiving', came + rows)
    came += rows
    if (page.more && staged.rows + rows < whole) {
      write(ctx, 'sync.page', (tx) => {
        tx.db.prepare('INSERT INTO sync_inbox (rows, body) VALUES (?, ?)').run(rows, JSON.stringify(page))
      })
      parts.point?.('page kept')
    } else {
      await applyPage(work, piece, scopes)
      await deriveAll(work)
    }
    if (!page.more) break
    await work.pause()
  }
  await deriveAll(work)
  if (came > 0 && countConflicts(ctx.db) > 0) write(ctx, 'sync.settle', settleConflicts)
  return came
}

interface Asked {
  page: PullReply
  scopes: Record<string, number>
}

/** `before`: a page that came and is perhaps not applied yet. */
async function askPage(work: Work, scopes: Record<string, number>, before: PullReply | null): Promise<Asked> {
  const { ctx, parts, door } = work
  const state = readState(ctx.db)!
  const request = {
    ...asker(work, state),
    epoch: before?.epoch ?? state.epoch,
    scopes,
    ...(state.flight ? {} : { acked: state.own, hash: state.hash }),
    authors: Math.max(lastAuthor(ctx.db), ...(before?.authors ?? []).map(([n]) => n)),
    recipients: recipientsHash(ctx.db, parts.crypto),
    limit: (parts.sizes ?? SIZES).page,
  }
  return { page: (await door.ask(PATH.pull, request, PullReply as never)) as PullReply, scopes }
}

/** In pieces that keep nobody waiting; the last of them ends what the page ends. */
export async function applyPage(work: Turns, page: Piece, scopes: Record<string, number>): Promise<void> {
  const { ctx, parts } = work
  const { whole } = parts.sizes ?? SIZES
  let [piece, rest] = cut(page, Math.min(whole, work.pace.apply.size), scopes)
  for (;;) {
    paced(work, 'apply', piece.told.length, () => applyInbox(ctx, parts.crypto, piece, !rest && !page.more))
    parts.point?.('page applied')
    if (!rest) return
    await work.pause()
    ;[piece, rest] = cut(rest, Math.min(whole, work.pace.apply.size), piece.next)
  }
}

export async function deriveAll(work: Turns): Promise<void> {
  for (;;) {
    const { size } = work.pace.derive
    if (!paced(work, 'derive', size, () => deriveNext(work.ctx, size))) return
    await work.pause()
  }
}

/** What one turn may keep everybody else at this PC waiting, ms; its rows grow or shrink towards that. */
const TURN_MS = 25

/** Runs a turn of `rows`, and sees how many the next may have. */
function paced<T>({ pace, parts }: Turns, what: keyof Pace, rows: number, turn: () => T): T {
  const began = parts.now()
  const result = turn()
  const ms = Math.max(parts.now() - began, 1)
  const { size } = pace[what]
  // A turn of few rows says little: it is its commit that takes the time.
  if (rows * 2 >= size) pace[what].size = Math.max(100, Math.min(2_000, 2 * size, Math.round((rows * TURN_MS) / ms)))
  return result
}

/** Nothing in the page changes a cursor, a right or a state. */
function isCaughtUp(ctx: Ctx, page: PullReply): boolean {
  const rows = ctx.db.prepare('SELECT scope, cursor, rights, state FROM sync_scope').all() as {
    scope: number
    cursor: number
    rights: number
    state: string
  }[]
  const granted = new Map(page.granted)
  if (rows.length !== granted.size || readState(ctx.db)!.epoch !== page.epoch) return false
  return rows.every((s) => s.state === 'ready' && s.cursor === page.next[s.scope] && granted.get(s.scope) === s.rights)
}

/** Pages that came and were not applied yet: the next question goes on after them. */
function inbox(ctx: Ctx): { pages: number; rows: number; next: Record<string, number> | null; last: PullReply | null } {
  const { n, rows } = ctx.db.prepare('SELECT count(*) AS n, coalesce(sum(rows), 0) AS rows FROM sync_inbox').get() as {
    n: number
    rows: number
  }
  if (n === 0) return { pages: 0, rows: 0, next: null, last: null }
  const bodies = ctx.db.prepare('SELECT body FROM sync_inbox ORDER BY page DESC LIMIT 1').all() as { body: string }[]
  const last = JSON.parse(bodies[0]!.body) as PullReply
  return { pages: n, rows, next: last.next, last }
}

/** The measured offset, where it matters, for the stamps of what is written from now on. */
export function keepOffset({ ctx, door }: Work): void {
  const offset = door.offset
  const kept = Number(readMeta(ctx.db, 'offset') ?? 0)
  if (offset === null || Math.abs(offset - kept) < 1_000) return
  write(ctx, 'sync.clock', (tx) => {
    setMeta(tx.db, 'offset', String(offset))
    tx.touched.add('sync')
  })
}

export async function tellManifest(work: Work): Promise<void> {
  const { door, ctx } = work
  const { tenant } = readState(ctx.db)!
  await door.ask(PATH.manifest, { tenant, sv: programOf(work).sv, tables: wireManifest() }, DoneReply)
}

/**
 * Once a day, when nothing waits: does this book hold the rows the server holds, in the same states? A scope that differs is read again from its
 * beginning; the server's sums are never taken for our own (SYNC.md R12).
 */
export async function checkDigests({ ctx, parts, door }: Work): Promise<void> {
  const state = readState(ctx.db)!
  // A clock that ran ahead and came back has left a day to come.
  if (Math.abs(parts.now() - state.checked) < DAY || state.epoch === null) return
  const known = new Set(shapes(ctx.db).keys())
  for (const [scope, cursor] of Object.entries(cursors(ctx.db))) {
    const theirs = await door.ask(
      PATH.digest,
      { tenant: state.tenant, epoch: state.epoch, scope: Number(scope) },
      DigestReply,
    )
    if (theirs.head !== cursor) return
    const sums = emptyDigest()
    for (const [tbl, shape] of shapes(ctx.db)) {
      const rows = ctx.db
        .prepare(
          `SELECT t.id, r.seq FROM sync_row r CROSS JOIN "${shape.spec.name}" t ON t.pk = r.row WHERE r.tbl = ? AND r.scope = ?`,
        )
        .all(tbl, Number(scope)) as { id: string; seq: number }[]
      for (const { id, seq } of rows) addToDigest(sums, id, seq)
    }
    const unknown = ctx.db
      .prepare('SELECT tbl, row, seq FROM sync_unknown WHERE fid = 0 AND scope = ?')
      .all(Number(scope)) as {
      tbl: number
      row: string
      seq: number
    }[]
    for (const { tbl, row, seq } of unknown) if (!known.has(tbl)) addToDigest(sums, row, seq)
    if (sums.every((sum, i) => sum === theirs.sums[i])) continue
    ctx.log.error('sync.digest', new Error('rows differ'), { scope: Number(scope) })
    write(ctx, 'sync.again', (tx) => {
      tx.db.prepare("UPDATE sync_scope SET cursor = 0, state = 'catching' WHERE scope = ?").run(Number(scope))
    })
  }
  write(ctx, 'sync.checked', (tx) => saveState(tx.db, { checked: parts.now() }))
}
