import { badOp } from '../../shared/sync/bad-op.ts'
import { restamp } from '../../shared/sync/clock-skew.ts'
import { canonical, chainHash, encodeOps } from '../../shared/sync/codec.ts'
import type { Op } from '../../shared/sync/merge.ts'
import type { PushReply, Verdict } from '../../shared/sync/protocol.ts'
import { readMeta, setMeta } from '../db/migrate.ts'
import type { Db } from '../db/open.ts'
import type { Tx } from '../db/write.ts'
import { ownTables } from './fields.ts'
import { noteRows } from './known-rows.ts'
import { ackedUpTo, isCovered, type Line, lineAt, toOp, waitingLines } from './log-lines.ts'
import type { SyncParts } from './parts.ts'
import { purgeRefused } from './purge.ts'
import { type Flight, readState, type State, saveState, setBase } from './state.ts'

/** Bytes of a batch's fields: below the limit even if nothing of it could be packed. */
const BATCH_BYTES = 900_000
const OP_OVERHEAD = 40

interface Picked {
  replay: boolean
  ops: Op[]
  lines: Line[]
  /** How far the log (or the list of what is sent again) is read. */
  upTo: number
}

/** The next batch, kept in the book before it is sent; null when nothing waits. What the server would refuse anyway is parked without asking. */
export function nextFlight(tx: Tx, parts: SyncParts, state: State, most: number): Flight | null {
  const { db } = tx
  if (state.flight) return state.flight
  const again = db.prepare('SELECT n, seq FROM sync_replay ORDER BY n LIMIT ?').all(most) as {
    n: number
    seq: number
  }[]
  const lost = again.length > 0
  const picked = lost ? pickAgain(tx, state, again) : pick(tx, state, most)
  if (picked.ops.length === 0) {
    if (lost) db.prepare('DELETE FROM sync_replay WHERE n <= ?').run(picked.upTo)
    else saveState(db, { acked: ackedUpTo(db, Math.max(state.acked, picked.upTo)) })
    return null
  }
  const head = { site: state.site, from: state.own + 1, to: state.own + picked.ops.length, replay: picked.replay }
  const ops = encodeOps(picked.ops)
  const hash = chainHash(parts.crypto.sha256, state.hash, canonical(head, ops))
  const flight: Flight = { ...head, prev: state.hash, hash, ops, ranges: ranges(picked.lines), upTo: picked.upTo, lost }
  saveState(db, { flight })
  return flight
}

function pick(tx: Tx, state: State, most: number): Picked {
  const { db } = tx
  const lines = waitingLines(db, state.acked, most)
  const isOld = (line: Line) => state.fill || line.seq <= state.replayUpTo
  const out: Picked = { replay: lines[0] !== undefined && isOld(lines[0]), ops: [], lines: [], upTo: state.acked }
  let bytes = 0
  for (const line of lines) {
    if (isOld(line) !== out.replay) break
    const op = opOf(tx, line, state.own + out.ops.length + 1)
    if (op) {
      bytes += Buffer.byteLength(line.f) + OP_OVERHEAD
      if (bytes > BATCH_BYTES && out.ops.length > 0) break
      out.ops.push(op)
      out.lines.push(line)
    }
    out.upTo = line.seq
  }
  return out
}

/** What the server had and lost. */
function pickAgain(tx: Tx, state: State, again: { n: number; seq: number }[]): Picked {
  const out: Picked = { replay: true, ops: [], lines: [], upTo: 0 }
  let bytes = 0
  for (const { n, seq } of again) {
    const line = lineAt(tx.db, seq)
    const op = line && opOf(tx, line, state.own + out.ops.length + 1)
    if (line && op) {
      bytes += Buffer.byteLength(line.f) + OP_OVERHEAD
      if (bytes > BATCH_BYTES && out.ops.length > 0) break
      out.ops.push(op)
      out.lines.push(line)
    }
    out.upTo = n
  }
  return out
}

function opOf(tx: Tx, line: Line, own: number): Op | null {
  if (isCovered(tx.db, line)) return null
  const op = toOp(tx.db, line, own)
  // A row that is gone (purge) has taken its changes with it.
  if (!op) return null
  const bad = badOp(ownTables(tx.db), op)
  if (bad) park(tx, line.seq, bad)
  return bad ? null : op
}

export function park(tx: Tx, seq: number, code: Verdict | string): void {
  tx.db
    .prepare(
      'INSERT INTO sync_parked (seq, code, at) VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE SET code = excluded.code',
    )
    .run(seq, code, tx.now)
  tx.touched.add('sync')
}

function ranges(lines: readonly Line[]): [number, number][] {
  const out: [number, number][] = []
  for (const { seq } of lines) {
    const last = out.at(-1)
    if (last && last[0] + last[1] === seq) last[1]++
    else out.push([seq, 1])
  }
  return out
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
  if (own.length !== 1 || reply.s1 - reply.s0 + 1 !== flight.to - flight.from + 1) return
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
