import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import type { ImportProgress } from '../../../shared/contract/imports.ts'
import { type BatchRow, CHUNK, runBatch } from '../../db/batch.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { NamedRows } from './add-row.ts'
import { folderOf, type ImportOptions, importOf, optionsOf } from './batch-row.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { PreparedRows } from './prepared-rows.ts'
import { rememberMapping } from './profile.ts'
import { rulesOf } from './rules.ts'

/**
 * A transaction must not keep the engine from answering: chunks grow or shrink towards this many milliseconds, from a small one, as the first
 * rows after a start take several times as long as later ones. Not below MIN_CHUNK, as on a slow disk or a busy machine it is the commit or the
 * waiting that takes the time, and a row of small chunks costs twice that of large ones: each writes the same words and pages anew.
 */
const CHUNK_MS = 30
const FIRST_CHUNK = 250
const MIN_CHUNK = 250
const PROGRESS_MS = 200

/**
 * Claims the batch for running; false when it runs already or has nothing left to do. A cancelled import may be taken up again. Its mapping
 * is remembered for the next file with these headers.
 */
export function claim(ctx: Ctx, id: string, options: ImportOptions): boolean {
  return write(ctx, 'batch.state', (tx) => {
    const claimed = tx.db
      .prepare(
        "UPDATE batch SET state = 'running', options = ? WHERE id = ? AND state IN ('staged', 'interrupted', 'cancelled')",
      )
      .run(JSON.stringify(options), id)
    if (claimed.changes === 0) return false
    rememberMapping(tx, options.headers, options.mapping)
    tx.touched.add('batch')
    return true
  })
}

/**
 * Brings the rows in, from where the batch stands: after a kill at any moment a resume neither doubles nor skips one, because `done`
 * moves in the transaction of its rows (db/batch.ts) and the rows file never changes.
 */
export async function runImport(ctx: Ctx, id: string): Promise<void> {
  const batch = importOf(ctx, id)
  const options = optionsOf(batch)
  const rules = rulesOf(ctx, options, options.mapping)
  const things = new NamedRows()
  const rows = new PreparedRows(ctx, id, options, rules, things)
  const writer = new ChunkWriter(ctx, batch, options, rules, things)
  const pace = { size: FIRST_CHUNK, since: 0 }
  const end = await runBatch(ctx, {
    id,
    verb: 'imports.run',
    read: async (from, size) => {
      if (writer.isStale) await rows.drop()
      const lines = await rows.read(from, Math.min(size, pace.size))
      pace.since = ctx.clock.now()
      return lines
    },
    apply: (tx, lines) => writer.write(tx, rows.stage, lines),
    onProgress: () => {
      const ms = Math.max(ctx.clock.now() - pace.since, 1)
      const fits = Math.round((pace.size * CHUNK_MS) / ms)
      pace.size = Math.min(CHUNK, 2 * pace.size, Math.max(MIN_CHUNK, fits))
    },
  }).finally(() => rows.drop())
  if (end.state === 'done') removeFiles(ctx, id)
}

type Progress = z.infer<typeof ImportProgress>

/**
 * Progress about five times a second until the batch no longer runs. Reads the batch itself, so any number of windows can follow one
 * run, and a window that goes away stops nothing.
 */
export async function* follow(
  ctx: Ctx,
  id: string,
  job: Promise<void> | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, void, void> {
  const begin = { at: ctx.clock.now(), done: importOf(ctx, id).done }
  let over = false
  let failure: unknown
  const ended = job?.then(
    () => {
      over = true
    },
    (error: unknown) => {
      over = true
      failure = error
    },
  )
  while (!signal?.aborted) {
    const batch = importOf(ctx, id)
    yield progressOf(batch, warnedOf(ctx, batch), begin, ctx.clock.now())
    if (batch.state !== 'running' || over) break
    await Promise.race([pause(PROGRESS_MS), ...(ended ? [ended] : [])])
  }
  // «done» is answered when the run has let go of its files, not a moment before.
  if (!signal?.aborted) await ended
  if (failure) throw failure
}

/** Every row that did not come in is listed with its problems, and so is every row that came in with some. */
function warnedOf(ctx: Ctx, { id, failed }: BatchRow): number {
  const { n } = ctx.db.prepare('SELECT count(*) AS n FROM batch_problem WHERE batch_id = ?').get(id) as { n: number }
  return Math.max(0, n - failed)
}

/** What was kept for running it: an answer that must not fail because a virus scanner holds a file. The next file that comes sweeps up (sweep.ts). */
export function removeFiles(ctx: Ctx, id: string): void {
  try {
    rmSync(folderOf(ctx, id), { recursive: true, force: true })
  } catch (error) {
    ctx.log.error('imports.remove', error, { id })
  }
}

function progressOf(batch: BatchRow, warned: number, begin: { at: number; done: number }, now: number): Progress {
  const seconds = (now - begin.at) / 1000
  const rate = seconds > 0.05 ? (batch.done - begin.done) / seconds : 0
  const left = rate > 0 ? (batch.total - batch.done) / rate : null
  const { done, total, added, filled, updated, failed, state } = batch
  return {
    done,
    total,
    added,
    filled,
    updated,
    skipped: done - added - filled - updated - failed,
    warned,
    failed,
    rate: Math.round(rate),
    left: left === null ? null : Math.round(left * 10) / 10,
    state,
  }
}
