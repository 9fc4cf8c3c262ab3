import type { Ctx } from '../engine/context.ts'
import type { Db } from './open.ts'

/** An open write transaction. Only `write` makes one, so whoever holds it may write and will be logged. */
export interface Tx {
  readonly ctx: Ctx
  readonly db: Db
  /** change_tx.tx: what a toast undoes. */
  readonly change: number
  /** Epoch ms, one for the whole transaction. */
  readonly now: number
  /** Tables written to; broadcast after commit. */
  readonly touched: Set<string>
  /** Runs after COMMIT, never inside. */
  afterCommit(effect: () => void): void
}

export interface WriteOptions {
  /** Ties the chunks of long work together for undo. */
  batch?: string
}

// The body is written with the change log; the signature is what every module codes against.
export declare function write<T>(ctx: Ctx, verb: string, run: (tx: Tx) => T, options?: WriteOptions): T
