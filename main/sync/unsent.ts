import { z } from 'zod'
import type { Op } from '../../shared/sync/merge.ts'
import { isUuid } from '../../shared/sync/packed-ids.ts'
import { LIMIT } from '../../shared/sync/protocol.ts'
import type { Db } from '../db/open.ts'
import { type Line, lineAt, toOp, waitingLines } from './log-lines.ts'
import { readState } from './state.ts'

const Uuid = z.string().refine(isUuid)

/** One change as it is told to an owner in a sealed text: what the server would have been sent, without its place in an order it does not come into. */
const Change = z.object({
  tbl: z.int().min(1).max(32_767),
  row: Uuid,
  kind: z.int().min(1).max(3),
  h: z.int().min(0),
  user: Uuid.nullable(),
  f: z
    .record(z.string().regex(/^\d{1,5}$/), z.tuple([z.union([z.string(), z.number(), z.null()])]))
    .refine((f) => Object.keys(f).length <= LIMIT.fields, 'fields'),
})
export type Unsent = z.infer<typeof Change>

/** What is sealed. site: the life of the book it was written in. */
export const UnsentText = z.object({ v: z.literal(1), site: Uuid, changes: z.array(Change) })

export const unsentOf = ({ tbl, row, kind, h, user, f }: Op): Unsent => ({ tbl, row, kind, h, user, f: asWritten(f) })
const asWritten = (f: Op['f']): Unsent['f'] =>
  Object.fromEntries(Object.entries(f).map(([fid, [value]]) => [fid, [value]]))

export const unsentText = (site: string, changes: readonly Unsent[]): string =>
  JSON.stringify({ v: 1, site, changes } satisfies { v: 1; site: string; changes: readonly Unsent[] })

/** Own changes that the server has not taken, in their order: refused ones; `all`: also those it lost and those it never got. What was set aside is not among them. */
export function unsentLines(db: Db, all: boolean): Line[] {
  const state = readState(db)
  if (!state) return []
  const refused = "SELECT seq FROM sync_parked WHERE state = 'waiting'"
  const numbers = db
    .prepare(all ? `${refused} UNION SELECT seq FROM sync_replay` : refused)
    .pluck()
    .all() as number[]
  const waiting = all ? waitingLines(db, state.acked, Number.MAX_SAFE_INTEGER) : []
  const lines = new Map([...numbers.flatMap((seq) => lineAt(db, seq) ?? []), ...waiting].map((l) => [l.seq, l]))
  return [...lines.values()].sort((a, b) => a.seq - b.seq).filter((line) => !line.covered)
}

export const unsentHere = (db: Db, all: boolean): Unsent[] =>
  unsentLines(db, all).flatMap((line) => {
    const op = toOp(db, line, 0)
    return op ? [unsentOf(op)] : []
  })
