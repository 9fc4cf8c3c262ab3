import { badOp } from '../../shared/sync/bad-op.ts'
import { canonical, chainHash, encodeOps, type Sha256 } from '../../shared/sync/codec.ts'
import type { Verdict } from '../../shared/sync/exchange.ts'
import type { Op } from '../../shared/sync/merge.ts'
import type { Db } from '../db/open.ts'
import { ownTables } from './fields.ts'
import { type Line, lineAt, toOp, waitingLines } from './log-lines.ts'
import type { Flight, State } from './state.ts'

/** Bytes of a batch's fields: below the limit even if nothing of it could be packed. */
const BATCH_BYTES = 900_000
const OP_OVERHEAD = 40
/** Lines read at once: whoever else needs the book comes in between. */
const STEP = 500

/** What the next batch hangs on. */
type Start = Pick<State, 'site' | 'own' | 'hash' | 'acked' | 'fill' | 'replayUpTo'>

/** A batch as it was read from the log. Nothing of it is kept yet. */
export interface Batch {
  /** null: there is nothing to send. */
  readonly flight: Flight | null
  /** Lines that the server would refuse anyway, and why. */
  readonly bad: readonly (readonly [seq: number, code: Verdict])[]
  /** How far the log (or the list of what is sent again) is read. */
  readonly upTo: number
}

interface Picked {
  replay: boolean
  ops: Op[]
  lines: Line[]
  bad: [number, Verdict][]
  bytes: number
  upTo: number
}

/** Where the next batch begins when this one has arrived. */
export const afterLanding = (state: State, flight: Flight): Start => ({
  ...state,
  own: flight.to,
  hash: flight.hash,
  acked: flight.upTo,
})

/** Reads the next batch, `most` lines of the log at most. Whatever is written between its steps comes after it. */
export function* readBatch(db: Db, sha256: Sha256, from: Start, most: number): Generator<void, Batch> {
  const isOld = (line: Line) => from.fill || line.seq <= from.replayUpTo
  const picked = newPicked(from.acked)
  for (let read = 0, isMore = true; isMore; ) {
    const step = Math.min(STEP, most - read)
    const lines = waitingLines(db, picked.upTo, step)
    if (read === 0) picked.replay = lines[0] !== undefined && isOld(lines[0])
    read += lines.length
    isMore = lines.length === step && read < most
    for (const line of lines) {
      if (isOld(line) !== picked.replay || !take(db, from, line, picked)) {
        isMore = false
        break
      }
      picked.upTo = line.seq
    }
    if (isMore) yield
  }
  return batchOf(sha256, from, picked, false)
}

/** What the server had and lost (sync_replay). */
export function readAgain(db: Db, sha256: Sha256, from: Start, again: readonly { n: number; seq: number }[]): Batch {
  const picked = { ...newPicked(0), replay: true }
  for (const { n, seq } of again) {
    const line = lineAt(db, seq)
    if (line && !take(db, from, line, picked)) break
    picked.upTo = n
  }
  return batchOf(sha256, from, picked, true)
}

const newPicked = (upTo: number): Picked => ({ replay: false, ops: [], lines: [], bad: [], bytes: 0, upTo })

/** False when the batch is full without it. */
function take(db: Db, { own }: Start, line: Line, into: Picked): boolean {
  if (line.covered) return true
  const op = toOp(db, line, own + into.ops.length + 1)
  // A row that is gone (purge) has taken its changes with it.
  if (!op) return true
  const bad = badOp(ownTables(db), op)
  if (bad) {
    into.bad.push([line.seq, bad])
    return true
  }
  into.bytes += line.bytes + OP_OVERHEAD
  if (into.bytes > BATCH_BYTES && into.ops.length > 0) return false
  into.ops.push(op)
  into.lines.push(line)
  return true
}

function batchOf(sha256: Sha256, from: Start, picked: Picked, lost: boolean): Batch {
  const { ops: some, bad, upTo, replay, lines } = picked
  if (some.length === 0) return { flight: null, bad, upTo }
  const head = { site: from.site, from: from.own + 1, to: from.own + some.length, replay }
  const ops = encodeOps(some)
  const hash = chainHash(sha256, from.hash, canonical(head, ops))
  return { flight: { ...head, prev: from.hash, hash, ops, ranges: ranges(lines), upTo, lost }, bad, upTo }
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
