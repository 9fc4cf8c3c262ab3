import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'

/** One piece of work on copies at a time in an engine; kept with the connection to the book. */
interface Turn {
  stop: AbortController | null
  ended: Promise<unknown>
}
const KEY = {}
const turnOf = (ctx: Ctx) => ctx.db.remember<Turn>(KEY, () => ({ stop: null, ended: Promise.resolve() }))

export const isBusy = (ctx: Ctx): boolean => turnOf(ctx).stop !== null

/** Runs `work` alone; fails with BACKUP_RUNNING when other work is under way. */
export async function inTurn<T>(
  ctx: Ctx,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const turn = turnOf(ctx)
  if (turn.stop) fail('BACKUP_RUNNING')
  const stop = new AbortController()
  turn.stop = stop
  const running = work(signal ? AbortSignal.any([signal, stop.signal]) : stop.signal)
  turn.ended = running.catch(() => {})
  tell(ctx)
  try {
    return await running
  } finally {
    turn.stop = null
    tell(ctx)
  }
}

/** Waits for what is under way until `limit` (a promise), then asks it to stop and waits for that. */
export async function settleTurn(ctx: Ctx, limit: Promise<unknown>): Promise<void> {
  const turn = turnOf(ctx)
  await Promise.race([turn.ended, limit])
  turn.stop?.abort()
  await turn.ended
}

/** To every window: what `backups.status` and `list` say has changed. */
export const tell = (ctx: Ctx): void => ctx.live.emit({ tables: ['backups'], change: null, origin: '' })
