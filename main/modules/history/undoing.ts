import type { Ctx } from '../../engine/context.ts'

/** Batches whose undo runs now, and how many times; kept with the connection to the book, so that none is left of a process that ended. */
const KEY = {}
const runningOf = (ctx: Ctx) => ctx.db.remember(KEY, () => new Map<string, number>())

/** True while a batch is being taken back; a batch in the state 'undoing' without that was cut off. */
export const isUndoing = (ctx: Ctx, batch: string): boolean => runningOf(ctx).has(batch)

export async function whileUndoing<T>(ctx: Ctx, batch: string, work: () => Promise<T>): Promise<T> {
  const running = runningOf(ctx)
  running.set(batch, (running.get(batch) ?? 0) + 1)
  try {
    return await work()
  } catch (error) {
    // Other windows were told that it had begun.
    ctx.live.emit({ tables: ['batch'], change: null, origin: '' })
    throw error
  } finally {
    const left = running.get(batch)! - 1
    if (left > 0) running.set(batch, left)
    else running.delete(batch)
  }
}
