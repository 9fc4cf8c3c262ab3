import { setTimeout as pause, setImmediate } from 'node:timers/promises'
import type { DuplicateProgress, LastSearch } from '../../../shared/contract/duplicates.ts'
import { readMeta, setMeta } from '../../db/migrate.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { type Found, type FoundPair, findDuplicates } from './find.ts'

/** Pairs kept: nobody looks through more, and a page of them opens at once. */
export const KEPT = 20_000
const CHUNK = 1000
const PROGRESS_MS = 200
const META = 'duplicates'

interface Running {
  progress: DuplicateProgress
  stop: AbortController
  /** Ends when the search has ended, whatever way; the error is in `progress` and in the log. */
  ended: Promise<void>
}

const RUN = {}
const slot = (db: Db) => db.remember(RUN, () => ({ current: null as Running | null }))

export const runningOf = (ctx: Ctx): Running | null => slot(ctx.db).current

/** Of the last search that came to its end; null when there was none, or when it was cut off while its pairs were being written. */
export function lastSearch(db: Db): LastSearch | null {
  const text = readMeta(db, META)
  return text ? (JSON.parse(text) as LastSearch) : null
}

/** Begins a search, or gives the one under way. It goes on when whoever asked goes away. */
export function startSearch(ctx: Ctx): Running {
  const place = slot(ctx.db)
  if (place.current) return place.current
  const running: Running = {
    progress: { phase: 'numbers', done: 0, total: 0, state: 'running' },
    stop: new AbortController(),
    ended: Promise.resolve(),
  }
  place.current = running
  running.ended = search(ctx, running)
    .catch((error: unknown) => {
      const isCancelled = running.stop.signal.aborted
      running.progress = { ...running.progress, state: isCancelled ? 'cancelled' : 'failed' }
      if (!isCancelled) ctx.log.error('duplicates.find', error)
    })
    .finally(() => {
      place.current = null
      if (ctx.db.raw.open) ctx.live.emit({ tables: ['duplicate_pair'], change: null, origin: '' })
    })
  return running
}

async function search(ctx: Ctx, running: Running): Promise<void> {
  const began = ctx.clock.now()
  const found = await ctx.reader.run(
    findDuplicates,
    { file: ctx.db.file, keep: KEPT },
    {
      signal: running.stop.signal,
      onProgress: (progress) => {
        running.progress = { ...progress, state: 'running' }
      },
    },
  )
  if (found === null || running.stop.signal.aborted || !ctx.db.raw.open) {
    running.progress = { ...running.progress, state: 'cancelled' }
    return
  }
  await store(ctx, found, running, began)
  running.progress = { ...running.progress, state: 'done' }
}

/** A thousand pairs a transaction. The old ones go with the first; cut off in between there is no last search, and one begins anew. */
async function store(ctx: Ctx, found: Found, running: Running, began: number): Promise<void> {
  const { pairs, customers, compared } = found
  for (let from = 0; from === 0 || from < pairs.length; from += CHUNK) {
    const chunk = pairs.slice(from, from + CHUNK)
    const isLast = from + CHUNK >= pairs.length
    write(ctx, 'duplicates.store', (tx) => {
      if (from === 0) {
        tx.db.prepare('DELETE FROM duplicate_pair').run()
        tx.db.prepare('DELETE FROM meta WHERE key = ?').run(META)
      }
      insertPairs(tx.db, chunk)
      if (isLast) {
        const now = tx.now
        const last: LastSearch = {
          at: now,
          ms: now - began,
          customers,
          compared,
          found: found.found,
          kept: pairs.length,
        }
        setMeta(tx.db, META, JSON.stringify(last))
      }
      tx.touched.add('duplicate_pair')
    })
    running.progress = { phase: 'store', done: from + chunk.length, total: pairs.length, state: 'running' }
    await setImmediate()
    if (!ctx.db.raw.open) return
  }
}

/** What was found already stands as it was found last. */
export function insertPairs(db: Db, pairs: readonly FoundPair[]): void {
  const insert = db.prepare(`INSERT INTO duplicate_pair (a_pk, b_pk, score, reasons) VALUES (?, ?, ?, ?)
     ON CONFLICT (a_pk, b_pk) DO UPDATE SET score = excluded.score, reasons = excluded.reasons`)
  for (const { a, b, score, reasons } of pairs) insert.run(a, b, score, JSON.stringify(reasons))
}

/** Progress about five times a second until the search ends; any number of windows may follow. Throws what the search failed with. */
export async function* follow(
  running: Running | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<DuplicateProgress, void, void> {
  if (!running) return
  const so = { over: false }
  const ended = running.ended.then(() => {
    so.over = true
  })
  while (!signal?.aborted) {
    yield running.progress
    if (so.over) return
    await Promise.race([pause(PROGRESS_MS), ended])
  }
}
