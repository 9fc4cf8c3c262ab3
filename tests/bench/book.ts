import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../main/db/migrate.ts'
import { openDb } from '../../main/db/open.ts'
import type { Ctx } from '../../main/engine/context.ts'
import { uuidV7 } from '../../main/engine/ids.ts'
import { Live } from '../../main/engine/live.ts'
import { inlineReader } from '../../main/engine/reader.ts'
import { modules } from '../../main/modules/index.ts'
import { seedCustomers } from '../../main/modules/setup/seed.ts'
import { SEARCH_VERSION } from '../../shared/domain/search-tokens.ts'
import { SORT_VERSION } from '../../shared/domain/sort-key.ts'

export interface Book {
  ctx: Ctx
  /** Rows a second while it was seeded; 0 for a book that was there. */
  rate: number
  close(): void
}

/** A book with nothing in it, in a temporary folder; or the one in `given`. */
export function newBook(given?: string): Omit<Book, 'rate'> {
  const folder = given ? null : mkdtempSync(join(tmpdir(), 'daftar-bench-'))
  const db = openDb(given ?? join(folder as string, 'daftar.db'))
  migrate(db, { versions: { search: SEARCH_VERSION, sort: SORT_VERSION } })
  const clock = { now: () => Date.now() }
  const ctx: Ctx = {
    db,
    clock,
    ids: uuidV7(clock),
    log: { info() {}, error: (event, error) => console.error(event, error) },
    live: new Live(),
    reader: inlineReader(),
    modules,
    host: { kind: 'test' },
    folder: folder ?? '',
    user: { id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'bench', role: 'owner' },
    origin: 'bench',
  }
  return {
    ctx,
    close() {
      db.close()
      if (folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * A seeded book for measuring. `DAFTAR_BENCH_BOOK=file` measures a book that is there (the seed of a million takes minutes);
 * otherwise one is made in a temporary folder and removed at the end.
 */
export async function openBook(customers: number): Promise<Book> {
  const { ctx, close } = newBook(process.env.DAFTAR_BENCH_BOOK)
  const { n } = ctx.db.prepare('SELECT count(*) AS n FROM party').get() as { n: number }
  let rate = 0
  if (n === 0) {
    const began = performance.now()
    await seedCustomers(ctx, { customers, seed: 1 })
    rate = Math.round((customers / (performance.now() - began)) * 1000)
  }
  return { ctx, rate, close }
}

/** Milliseconds of each call, sorted. */
export function timings<T>(inputs: readonly T[], run: (input: T) => unknown): number[] {
  return inputs
    .map((input) => {
      const began = performance.now()
      run(input)
      return performance.now() - began
    })
    .sort((a, b) => a - b)
}

/** The p-th quantile (0..1) of sorted numbers. */
export const quantile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN
export const round = (ms: number): number => Number(ms.toPrecision(3))
