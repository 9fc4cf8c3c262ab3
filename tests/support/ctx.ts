import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../main/db/migrate.ts'
import { openDb } from '../../main/db/open.ts'
import { insert } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import type { Clock, Ctx, CtxUser } from '../../main/engine/context.ts'
import { uuidV7 } from '../../main/engine/ids.ts'
import { Live } from '../../main/engine/live.ts'
import { inlineReader } from '../../main/engine/reader.ts'
import type { Module } from '../../main/modules/module.ts'
import { user as userTable } from '../../main/modules/users/table.ts'
import { SEARCH_VERSION } from '../../shared/domain/search-tokens.ts'
import { SORT_VERSION } from '../../shared/domain/sort-key.ts'

/** 2026-11-22T09:00Z, 1 Azar 1405. */
export const START = Date.UTC(2026, 10, 22, 9)

export interface TestClock extends Clock {
  advance(ms: number): void
}

export function testClock(start = START): TestClock {
  let at = start
  return {
    now: () => at,
    advance(ms) {
      at += ms
    },
  }
}

/** mulberry32: the same seed gives the same bytes. */
export function seededBytes(seed: number): (n: number) => Uint8Array {
  let state = seed >>> 0
  return (n) =>
    Uint8Array.from({ length: n }, () => {
      state = (state + 0x6d2b79f5) >>> 0
      let t = state
      t = Math.imul(t ^ (t >>> 15), t | 1)
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
      return (t ^ (t >>> 14)) & 0xff
    })
}

export interface TestCtx extends Ctx {
  clock: TestClock
  /** Errors written to the log, for asserting that there were none. */
  errors: unknown[]
  close(): void
}

export interface TestCtxOptions {
  /** Epoch ms of the clock, which stands still until `clock.advance`. */
  now?: number
  /** null: a book before its first run. */
  user?: Partial<CtxUser> | null
  modules?: readonly Module[]
  seed?: number
}

/** A context on a real, migrated database in a folder of its own, with an owner signed in. */
export async function testCtx(options: TestCtxOptions = {}): Promise<TestCtx> {
  const folder = mkdtempSync(join(tmpdir(), 'daftar-test-'))
  const clock = testClock(options.now)
  const random = seededBytes(options.seed ?? 1)
  const db = openDb(join(folder, 'daftar.db'))
  // No power is cut here; waiting for the disk would be a good part of all tests.
  db.raw.pragma('synchronous = OFF')
  migrate(db, { versions: { search: SEARCH_VERSION, sort: SORT_VERSION }, random })
  const errors: unknown[] = []
  const ctx: TestCtx = {
    db,
    clock,
    ids: uuidV7(clock, random),
    log: { info() {}, error: (event, error) => void errors.push([event, error]) },
    live: new Live(),
    reader: inlineReader(),
    modules: options.modules ?? (await import('../../main/modules/index.ts')).modules,
    host: { kind: 'test' },
    folder,
    user: null,
    origin: 'test',
    errors,
    close() {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  if (options.user !== null) {
    const name = options.user?.name ?? 'مریم رضایی'
    const role = options.user?.role ?? 'owner'
    const id = options.user?.id ?? ctx.ids.next()
    ctx.user = { id, name, role }
    write(ctx, 'setup.finish', (tx) => insert(tx, userTable, { id, name, role }))
  }
  return ctx
}
