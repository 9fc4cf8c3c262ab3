import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import type { ImportProgress } from '../../../shared/contract/imports.ts'
import { type BatchRow, CHUNK, runBatch } from '../../db/batch.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { addRowTx, isAcceptable, NamedThings } from './add-row.ts'
import { folderOf, importOf, optionsOf, rowsPathOf } from './batch-row.ts'
import { KnownPeople } from './known.ts'
import type { SourceRow } from './parse/source.ts'
import { rulesOf, shownCells } from './preview.ts'
import { mapRow, type RowResult } from './row.ts'
import { readRows } from './rows-file.ts'

/**
 * A transaction must not keep the engine from answering: chunks grow or shrink towards this many milliseconds. Not below MIN_CHUNK, as on a
 * slow disk it is the commit that takes the time, and more commits would only make it worse.
 */
const CHUNK_MS = 60
const MIN_CHUNK = 200
const PROGRESS_MS = 200

interface Prepared extends RowResult {
  source: SourceRow
}

/** Claims the batch for running; false when it runs already or has nothing left to do. A cancelled import may be taken up again. */
export function claim(ctx: Ctx, id: string, options: string): boolean {
  return write(ctx, 'batch.state', (tx) => {
    const claimed = tx.db
      .prepare(
        "UPDATE batch SET state = 'running', options = ? WHERE id = ? AND state IN ('staged', 'interrupted', 'cancelled')",
      )
      .run(options, id)
    if (claimed.changes > 0) tx.touched.add('batch')
    return claimed.changes > 0
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
  const people = options.skip_known ? new KnownPeople(ctx.db) : null
  const things = new NamedThings(ctx.db)
  const rows = readRows(rowsPathOf(ctx, id), batch.done)
  const pace = { size: MIN_CHUNK, since: 0 }
  const end = await runBatch(ctx, {
    id,
    verb: 'imports.run',
    read: (_from, size) => {
      const prepared: Prepared[] = []
      pace.since = ctx.clock.now()
      while (prepared.length < Math.min(size, pace.size)) {
        const next = rows.next()
        if (next.done) break
        const source = shownCells(next.value, options.columns)
        prepared.push({ source, ...mapRow(source, rules) })
      }
      return prepared
    },
    apply: (tx, chunk) => writeChunk(tx, id, chunk, people, things),
    onProgress: () => {
      const ms = Math.max(ctx.clock.now() - pace.since, 1)
      pace.size = Math.min(CHUNK, Math.max(MIN_CHUNK, Math.round((pace.size * CHUNK_MS) / ms)))
    },
  }).finally(() => rows.return(undefined))
  if (end.state === 'done') rmSync(folderOf(ctx, id), { recursive: true, force: true })
}

function writeChunk(tx: Tx, id: string, rows: Prepared[], people: KnownPeople | null, things: NamedThings) {
  const counts = { added: 0, failed: 0 }
  for (const { source, mapped, problems } of rows) {
    if (mapped && !isAcceptable(mapped)) {
      problems.push({ row: source.row, code: 'REFUSED', field: null, value: mapped.name.slice(0, 300) })
      counts.failed++
    } else if (!mapped) counts.failed++
    else if (people?.has(mapped)) continue
    else {
      addRowTx(tx, mapped, things)
      counts.added++
    }
    // Who was there already is left as they are, so their row has nothing to look at: what is listed either came in or did not.
    if (problems.length > 0) {
      tx.db
        .prepare('INSERT INTO batch_problem (batch_id, row, problems, cells) VALUES (?, ?, ?, ?)')
        .run(id, source.row, JSON.stringify(problems), JSON.stringify(source.cells))
    }
  }
  return counts
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

function progressOf(batch: BatchRow, warned: number, begin: { at: number; done: number }, now: number): Progress {
  const seconds = (now - begin.at) / 1000
  const rate = seconds > 0.05 ? (batch.done - begin.done) / seconds : 0
  const left = rate > 0 ? (batch.total - batch.done) / rate : null
  const { done, total, added, failed, state } = batch
  return {
    done,
    total,
    added,
    warned,
    failed,
    rate: Math.round(rate),
    left: left === null ? null : Math.round(left * 10) / 10,
    state,
  }
}
