import { restamp } from '../../shared/sync/clock-skew.ts'
import type { Sha256 } from '../../shared/sync/codec.ts'
import type { PushReply, Verdict } from '../../shared/sync/exchange.ts'
import { readMeta, setMeta } from '../db/migrate.ts'
import type { Db } from '../db/open.ts'
import type { Tx } from '../db/write.ts'
import { type Batch, readAgain, readBatch } from './batch.ts'
import { noteRows } from './known-rows.ts'
import { ackedUpTo, lineAt, waitingLines } from './log-lines.ts'
import type { SyncParts } from './parts.ts'
import { purgeRefused } from './purge.ts'
import { type Flight, readState, type State, saveState, setBase } from './state.ts'

/**
 * The next batch, kept in the book before it is sent; null when nothing waits. What the server would refuse anyway is parked without asking. `ready`: read
 * while the one before was on its way; it goes where it was to go, or not at all.
 */
export function nextFlight(tx: Tx, parts: SyncParts, state: State, most: number, ready: Batch | null): Flight | null {
  const { db } = tx
  if (state.flight) return state.flight
  const { sha256 } = parts.crypto
  const again = db.prepare('SELECT n, seq FROM sync_replay ORDER BY n LIMIT ?').all(most) as {
    n: number
    seq: number
  }[]
  const lost = again.length > 0
  const batch = lost
    ? readAgain(db, sha256, state, again)
    : isNext(ready, state, most)
      ? ready
      : readNow(db, sha256, state, most)
  const { flight, upTo } = batch
  for (const [seq, code] of batch.bad) park(tx, seq, code)
  if (flight) saveState(db, { flight })
  else if (lost) db.prepare('DELETE FROM sync_replay WHERE n <= ?').run(upTo)
  else saveState(db, { acked: ackedUpTo(db, Math.max(state.acked, upTo)) })
  return flight
}

const isNext = (ready: Batch | null, { hash }: State, most: number): ready is Batch =>
  ready?.flight?.prev === hash && ready.flight.ops.t.length <= most

function readNow(db: Db, sha256: Sha256, state: State, most: number): Batch {
  const reading = readBatch(db, sha256, state, most)
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
  }
}

export function park(tx: Tx, seq: number, code: Verdict | string): void {
  tx.db
    .prepare(
      'INSERT INTO sync_parked (seq, code, at) VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE SET code = excluded.code',
    )
    .run(seq, code, tx.now)
  tx.touched.add('sync')
}

/** The line of the log that is the n-th (from 0) of these. */
function nth(list: readonly [number, number][], n: number): number | undefined {
  let left = n
  for (const [first, count] of list) {
    if (left < count) return first + left
    left -= count
  }
  return undefined
}

/** Pages that were read before something was sent show rows without it: they are asked for again. */
export function forgetPages(db: Db): void {
  db.prepare('DELETE FROM sync_inbox').run()
}

/** The server's answer to a batch, in one transaction with everything that follows from it (SYNC.md 7). */
export function landed(tx: Tx, flight: Flight, reply: PushReply): void {
  const { db } = tx
  const state = readState(db)
  // It was answered twice, or is not the batch of this life any more.
  if (!state?.flight || state.flight.hash !== flight.hash) return
  db.prepare(
    `INSERT INTO sync_sent (site, first, last, hash, head, ranges) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (site, first) DO UPDATE SET last = excluded.last, hash = excluded.hash, head = excluded.head, ranges = excluded.ranges`,
  ).run(flight.site, flight.from, flight.to, flight.hash, reply.s1, JSON.stringify(flight.ranges))
  const forbidden: number[] = []
  for (const [own, code] of reply.verdicts) {
    const seq = nth(flight.ranges, own - flight.from)
    // A row that the server lost too is offered whole when everything has been pulled.
    const lostToo = flight.replay && code === 'unknown_row'
    if (code === 'lost' || lostToo || seq === undefined) continue
    park(tx, seq, code)
    if (code === 'forbidden') forbidden.push(seq)
  }
  if (flight.replay && !state.fill && forbidden.length > 0) purgeRefused(tx, forbidden)
  forgetPages(db)
  if (flight.lost) db.prepare('DELETE FROM sync_replay WHERE n <= ?').run(flight.upTo)
  const acked = flight.lost ? state.acked : ackedUpTo(db, Math.max(state.acked, flight.upTo))
  saveState(db, { flight: null, own: flight.to, hash: flight.hash, acked, epoch: state.epoch ?? null })
  if (state.epoch === reply.epoch && !flight.replay) forward(db, flight, reply)
  tx.touched.add('sync')
}

/**
 * Nothing came between and nothing was lost, so what this book shows is the state: no need to have it sent back. Only where there is one scope to
 * which new rows can have gone.
 */
function forward(db: Db, flight: Flight, reply: PushReply): void {
  const scopes = db.prepare('SELECT scope, cursor, rights, state FROM sync_scope').all() as {
    scope: number
    cursor: number
    rights: number
    state: string
  }[]
  if (reply.lost || scopes.length === 0) return
  if (scopes.some((s) => s.cursor !== reply.s0 - 1 || s.state !== 'ready')) return
  const own = scopes.filter((s) => s.scope > 0 && s.rights === 3)
  if (own.length !== 1 || own[0]!.scope !== reply.home || reply.s1 - reply.s0 + 1 !== flight.to - flight.from + 1)
    return
  noteRows(db, flight, reply.s0, own[0]!.scope)
  db.prepare('UPDATE sync_scope SET cursor = ?').run(reply.s1)
  saveState(db, { seen: [reply.s1, reply.mark] })
  setBase(db)
}

/** Stamps that ran ahead go down to the server's time, in order, and the clock of this book goes on from there. */
export function lowerStamps(tx: Tx, serverNow: number): void {
  const { db } = tx
  const state = readState(db)!
  const lines = waitingLines(db, state.acked, Number.MAX_SAFE_INTEGER)
  const again = (db.prepare('SELECT seq FROM sync_replay ORDER BY n').all() as { seq: number }[]).flatMap(
    ({ seq }) => lineAt(db, seq) ?? [],
  )
  const stamps = new Map([...again, ...lines].map((line) => [line.tx, line.h]))
  const lowered = restamp([...stamps.values()], serverNow)
  const set = db.prepare('UPDATE change_tx SET hlc = ? WHERE tx = ?')
  let highest = state.heard
  for (const [i, txn] of [...stamps.keys()].entries()) {
    set.run(lowered[i], txn)
    highest = Math.max(highest, lowered[i]!)
  }
  setMeta(db, 'hlc', String(highest))
  setMeta(db, 'offset', String(serverNow - tx.now))
  saveState(db, { flight: null })
}

export const offsetOf = (db: Db): number => Number(readMeta(db, 'offset') ?? 0)
