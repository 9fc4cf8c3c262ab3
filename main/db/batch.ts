import { setImmediate } from 'node:timers/promises'
import type { Ctx } from '../engine/context.ts'
import type { batch as batchTable } from '../modules/imports/table.ts'
import { Checkpointer } from './checkpointer.ts'
import { type Tx, write, writeChanged } from './write.ts'

export type BatchRow = typeof batchTable.$inferSelect
export type BatchState = BatchRow['state']

/** Rows in a chunk at most (ARCHITECTURE.md rule 3): a chunk is one transaction, short enough that nobody waits for it. */
export const CHUNK = 1000

/**
 * Pages of the WAL after which a commit carries them over into the book. Chunk after chunk writes the same pages of the indexes, so SQLite's 1,000
 * would have nearly every chunk write them twice. A batch that lasts has a thread for it (checkpointer.ts).
 */
const CHECKPOINT = { ordinary: 1000, batch: 4000 }

export interface NewBatch {
  kind: BatchRow['kind']
  total: number
  file_name?: string
  /** Anything the kind understands; kept as JSON. */
  options?: unknown
  state?: BatchState
}

export interface BatchProgress {
  id: string
  state: BatchState
  total: number
  done: number
  added: number
  failed: number
  /** The last change made so far; null when there is none. */
  change: number | null
}

export interface BatchRun<T> {
  id: string
  /** Business verb of every chunk: 'imports.run'. */
  verb: string
  /** The next source rows after the first `from`, at most `size`; none ends the batch. Outside the transaction, so it may wait. */
  read(from: number, size: number): T[] | Promise<T[]>
  /** Writes them inside the chunk's transaction, and says how many became rows, how many could not, and how many changed rows that were there. */
  apply(tx: Tx, items: T[], from: number): { added: number; failed: number; filled?: number; updated?: number }
  onProgress?(progress: BatchProgress): void
}

/** Creates the row of a batch; nothing runs yet. */
export function createBatch(ctx: Ctx, batch: NewBatch): string {
  const id = ctx.ids.next()
  write(ctx, 'batch.create', (tx) => {
    tx.db
      .prepare(
        'INSERT INTO batch (id, kind, state, user_id, created_at, file_name, options, total) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        id,
        batch.kind,
        batch.state ?? 'staged',
        ctx.user?.id ?? null,
        tx.now,
        batch.file_name ?? '',
        JSON.stringify(batch.options ?? {}),
        batch.total,
      )
    tx.touched.add('batch')
  })
  return id
}

export function readBatch(ctx: Ctx, id: string): BatchRow | undefined {
  return ctx.db.prepare('SELECT * FROM batch WHERE id = ?').get(id) as BatchRow | undefined
}

/** Moves a batch to `state`, only from one of `from` when given; false when it was not there. */
export function setBatchState(ctx: Ctx, id: string, state: BatchState, from?: readonly BatchState[]): boolean {
  return write(ctx, 'batch.state', (tx) => {
    const now = readBatch(ctx, id)
    if (!now || (from && !from.includes(now.state))) return false
    tx.db.prepare('UPDATE batch SET state = ? WHERE id = ?').run(state, id)
    tx.touched.add('batch')
    return true
  })
}

/** Asks a running batch to stop; it does so before its next chunk. */
export function cancelBatch(ctx: Ctx, id: string): boolean {
  return setBatchState(ctx, id, 'cancelled', ['staged', 'running', 'interrupted'])
}

/** At start: what says «running» was cut off by a crash or a closed program. Gives the batches that can be resumed or taken back. */
export function markInterrupted(ctx: Ctx): BatchRow[] {
  return write(ctx, 'batch.interrupted', (tx) => {
    if (tx.db.prepare("UPDATE batch SET state = 'interrupted' WHERE state = 'running'").run().changes > 0) {
      tx.touched.add('batch')
    }
    return tx.db.prepare("SELECT * FROM batch WHERE state = 'interrupted'").all() as BatchRow[]
  })
}

/**
 * Runs a batch from where it stands (`done`) to its end, in chunks of at most 1,000 rows, a transaction each, letting other calls in
 * between. Position and counts move in the chunk's own transaction, so a crash repeats nothing and loses nothing. Ends 'done' or 'cancelled';
 * when a chunk throws the batch is 'interrupted', what came before stays, and the error goes to the caller.
 */
export async function runBatch<T>(ctx: Ctx, run: BatchRun<T>): Promise<BatchProgress> {
  let change: number | null = null
  if (!setBatchState(ctx, run.id, 'running', ['staged', 'interrupted', 'running'])) return progress(ctx, run.id, change)
  ctx.db.makeRoom('batch')
  const checkpointer = new Checkpointer(ctx.db, CHECKPOINT.batch, ctx.clock.now())
  try {
    for (;;) {
      const { done, state } = progress(ctx, run.id, change)
      if (state !== 'running') break
      const items = await run.read(done, CHUNK)
      if (items.length === 0) {
        setBatchState(ctx, run.id, 'done', ['running'])
        break
      }
      if (items.length > CHUNK) throw new Error(`a chunk of ${items.length} rows`)
      const written = writeChanged(ctx, run.verb, (tx) => chunk(tx, run, items, done), { batch: run.id })
      change = written.change ?? change
      run.onProgress?.(progress(ctx, run.id, change))
      await setImmediate()
      await checkpointer.between(ctx.clock.now())
    }
  } catch (error) {
    // The disk may be full: then this fails too, and the next start marks it.
    try {
      setBatchState(ctx, run.id, 'interrupted', ['running'])
    } catch (second) {
      ctx.log.error('batch.interrupted', second, { id: run.id })
    }
    throw error
  } finally {
    await checkpointer.end(CHECKPOINT.ordinary)
    if (ctx.db.raw.open) ctx.db.makeRoom('ordinary')
  }
  return progress(ctx, run.id, change)
}

function chunk<T>(tx: Tx, run: BatchRun<T>, items: T[], from: number): void {
  // Cancelled, or run twice, while the rows were being read: then they are not written.
  const now = tx.db.prepare('SELECT state, done FROM batch WHERE id = ?').get(run.id) as BatchRow
  if (now.state !== 'running' || now.done !== from) return
  const { added, failed, filled = 0, updated = 0 } = run.apply(tx, items, from)
  tx.db
    .prepare(
      'UPDATE batch SET done = done + ?, added = added + ?, failed = failed + ?, filled = filled + ?, updated = updated + ? WHERE id = ?',
    )
    .run(items.length, added, failed, filled, updated, run.id)
  tx.touched.add('batch')
}

function progress(ctx: Ctx, id: string, change: number | null): BatchProgress {
  const row = readBatch(ctx, id)
  if (!row) throw new Error(`no such batch: ${id}`)
  return { id, state: row.state, total: row.total, done: row.done, added: row.added, failed: row.failed, change }
}
