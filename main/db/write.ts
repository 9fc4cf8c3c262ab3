import { tick } from '../../shared/sync/clock.ts'
import type { Ctx } from '../engine/context.ts'
import type { Db } from './open.ts'
import { errorCode, rethrow } from './sqlite-errors.ts'

/** An open write transaction. Only `write` makes one, so whoever holds it may write and will be logged. */
export interface Tx {
  readonly ctx: Ctx
  readonly db: Db
  /** change_tx.tx. Meaningful only if something was logged: services answer with writeChanged's `change`. */
  readonly change: number
  /** Epoch ms, one for the whole transaction. */
  readonly now: number
  /** The long work this is a chunk of. */
  readonly batch: string | null
  /** Tables written to; broadcast after commit. */
  readonly touched: Set<string>
  /** What belongs to this transaction under `key`, made on first use. */
  remember<T>(key: object, make: () => T): T
  /** Runs when `run` is done, still inside. It must not log anything that `run` would not have. */
  beforeCommit(last: () => void): void
  /** Runs after COMMIT, never inside. */
  afterCommit(effect: () => void): void
}

export interface WriteOptions {
  /** Ties the chunks of long work together for undo. */
  batch?: string
  /** The change that this one takes back (history.undo). */
  undoes?: number
}

export interface Written<T> {
  result: T
  /** What a toast undoes; null when nothing captured changed. */
  change: number | null
}

const BEGUN =
  'UPDATE change_context SET tx = (SELECT coalesce(max(tx), 0) + 1 FROM change_tx), capture = 1 WHERE one = 1 RETURNING tx'

/** One business verb = one synchronous transaction. Anything thrown inside rolls everything back. Fails with DISK_FULL, READ_ONLY, DATABASE_BUSY, DATABASE_DAMAGED. */
export function write<T>(ctx: Ctx, verb: string, run: (tx: Tx) => T, options: WriteOptions = {}): T {
  return writeChanged(ctx, verb, run, options).result
}

export function writeChanged<T>(ctx: Ctx, verb: string, run: (tx: Tx) => T, options: WriteOptions = {}): Written<T> {
  const { db } = ctx
  if (db.raw.inTransaction) throw new Error(`write inside a write: ${verb}`)
  const effects: (() => void)[] = []
  const lasts: (() => void)[] = []
  const things = new Map<object, unknown>()
  const touched = new Set<string>()
  let result: T
  let change: number | null = null
  try {
    db.prepare('BEGIN IMMEDIATE').run()
    const now = ctx.clock.now()
    const { tx: number } = db.prepare(BEGUN).get() as { tx: number }
    const tx: Tx = {
      ctx,
      db,
      change: number,
      now,
      batch: options.batch ?? null,
      touched,
      remember<T>(key: object, make: () => T): T {
        if (!things.has(key)) things.set(key, make())
        return things.get(key) as T
      },
      beforeCommit: (last) => lasts.push(last),
      afterCommit: (effect) => effects.push(effect),
    }
    result = run(tx)
    if (isPromise(result)) throw new Error(`a write must be synchronous: ${verb}`)
    for (const last of lasts) last()
    // The transaction's own row comes last: a write that changed nothing leaves no trace, and its number goes to the next.
    if (db.prepare('SELECT 1 FROM change WHERE tx = ? LIMIT 1').get(number)) {
      const stamp = nextStamp(db, now)
      db.prepare(
        `INSERT INTO change_tx (tx, hlc, base, user, site, at, verb, batch, undoes)
         VALUES (?, ?, coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'base'), 0), ?, (SELECT value FROM meta WHERE key = 'site'), ?, ?, ?, ?)`,
      ).run(number, stamp, ctx.user?.id ?? null, now, verb, options.batch ?? null, options.undoes ?? null)
      change = number
    }
    // Cleared inside the transaction, so that not even a crash leaves a file in which stray writes would pass.
    db.prepare('UPDATE change_context SET tx = NULL, capture = 1 WHERE one = 1').run()
    db.prepare('COMMIT').run()
  } catch (error) {
    rollback(ctx, verb, error)
    rethrow(error)
  }
  if (touched.size > 0 || change !== null) {
    effects.push(() => ctx.live.emit({ tables: [...touched], change, origin: ctx.origin }))
  }
  for (const effect of effects) {
    try {
      effect()
    } catch (error) {
      // The data is safe on disk; an effect that fails must not turn the answer into an error and invite a repeat.
      ctx.log.error('write.effect', error, { verb })
    }
  }
  return { result, change }
}

/** SQLITE_FULL and SQLITE_IOERR may have rolled back already; a failing ROLLBACK must not hide the first error. */
function rollback(ctx: Ctx, verb: string, cause: unknown): void {
  if (!ctx.db.raw.inTransaction) return
  try {
    ctx.db.prepare('ROLLBACK').run()
  } catch (error) {
    ctx.log.error('write.rollback', error, { verb, cause: errorCode(cause) })
  }
}

/** One tick of the hybrid clock a transaction, kept in the same transaction (SYNC.md 4). `offset`: how far this PC's clock is behind the server's. */
export function nextStamp(db: Db, now: number): number {
  const last = db
    .prepare("SELECT value, (SELECT value FROM meta WHERE key = 'offset') AS offset FROM meta WHERE key = 'hlc'")
    .get() as { value: string; offset: string | null } | undefined
  const stamp = tick(last ? Number(last.value) : 0, now, Number(last?.offset ?? 0))
  if (last) db.prepare("UPDATE meta SET value = ? WHERE key = 'hlc'").run(String(stamp))
  else db.prepare("INSERT INTO meta (key, value) VALUES ('hlc', ?)").run(String(stamp))
  return stamp
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
