import type { Rings } from '../../../shared/contract/tasks.ts'
import type { Ctx } from '../../engine/context.ts'
import { markOf, nextRing, oldestOpen, setMark, waiting } from './rings.ts'

/** A sleeping PC stops timers, and a clock that is set does not wake them: look at it this often whatever comes next. */
const LOOK_MS = 15_000
/** What no window took is offered again. */
const AGAIN_MS = 5_000
/** How far the mark may lag behind; moving it is a write, and only what rang since is looked through in vain. */
const MARK_MS = 3_600_000

export interface RingListener {
  userId: string
  tell(rings: Rings): void
  /** The book is closed or another one: there is nothing more to tell. */
  end(): void
}

/** Lets the reminders of one open book ring, as long as somebody listens. It tells every window; which one shows a ring is claimed. */
export class Ringer {
  readonly #ctx: Ctx
  readonly #listeners = new Set<RingListener>()
  #timer: NodeJS.Timeout | undefined
  #unlive: (() => void) | undefined
  #soon = false
  /** Said already: reminder and time, and when (by the clock of the PC). */
  readonly #offered = new Map<string, number>()

  constructor(ctx: Ctx) {
    this.#ctx = ctx
  }

  get listeners(): number {
    return this.#listeners.size
  }

  listen(listener: RingListener): () => void {
    this.#listeners.add(listener)
    this.#offered.clear()
    this.#unlive ??= this.#ctx.live.listen(({ tables }) => {
      // Somebody else sits here now, or another book lies open: whoever listens asks anew.
      if (tables.includes('seat') || tables.includes('book')) this.#end()
      else if (tables.includes('reminder') || tables.includes('task')) this.#lookSoon()
    })
    this.look()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#rest()
    }
  }

  /** Tells what rings by now, and sleeps until the next. Called by timers; tests call it after moving the clock. */
  look(): void {
    clearTimeout(this.#timer)
    this.#soon = false
    if (this.#listeners.size === 0) return
    const { db, clock, log } = this.#ctx
    if (!db.raw.open) {
      this.#end()
      return
    }
    let wait = LOOK_MS
    try {
      const now = clock.now()
      for (const userId of new Set([...this.#listeners].map((l) => l.userId))) this.#lookFor(userId, now)
      const next = nextRing(db, now)
      if (this.#offered.size > 0) wait = AGAIN_MS
      if (next !== null) wait = Math.min(wait, Math.max(0, next - now))
    } catch (error) {
      log.error('tasks.ring', error)
    }
    this.#timer = setTimeout(() => this.look(), wait)
    this.#timer.unref()
  }

  #lookFor(userId: string, now: number): void {
    const { db } = this.#ctx
    const before = markOf(db, userId)
    // Somebody's first day on this device: what was due before concerned nobody here. A clock that went back must not leave a gap either.
    const mark = before === null ? now : Math.min(before, now)
    const due = waiting(db, userId, mark, now)
    if (!due) {
      this.#offered.clear()
      const open = oldestOpen(db, userId, mark, now)
      const next = open === null ? now : open - 1
      if (before === null || before > now || next - before > MARK_MS) setMark(this.#ctx, userId, next)
      return
    }
    if (before !== mark) setMark(this.#ctx, userId, mark)
    const isNew = (key: string) => {
      const at = this.#offered.get(key)
      const again = at === undefined || Math.abs(now - at) >= AGAIN_MS
      if (again) this.#offered.set(key, now)
      return again
    }
    const rings = due.rings.filter((ring) => isNew(`${ring.reminder_id} ${ring.at}`))
    const missed = due.missed && isNew(`missed ${userId}`) ? due.missed : null
    if (rings.length === 0 && !missed) return
    for (const listener of this.#listeners) if (listener.userId === userId) listener.tell({ rings, missed })
  }

  /** A commit may be one of hundreds: after the last of them. */
  #lookSoon(): void {
    if (this.#soon) return
    this.#soon = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.look(), 50)
    this.#timer.unref()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#unlive?.()
    this.#unlive = undefined
  }

  #end(): void {
    const all = [...this.#listeners]
    this.#listeners.clear()
    this.#rest()
    for (const listener of all) listener.end()
  }
}

const KEY = {}
/** The one of this open book. */
export const ringerOf = (ctx: Ctx): Ringer => ctx.db.remember(KEY, () => new Ringer(ctx))

/** What rings for the user of this call. The first event comes at once, so that the caller knows that it listens. */
export async function* listenForRings(ctx: Ctx, signal: AbortSignal | undefined): AsyncGenerator<Rings> {
  const queue: Rings[] = [{ rings: [], missed: null }]
  let ended = false
  let wake = () => {}
  const end = () => {
    ended = true
    wake()
  }
  const stop = ringerOf(ctx).listen({
    userId: ctx.user!.id,
    tell(rings) {
      queue.push(rings)
      wake()
    },
    end,
  })
  signal?.addEventListener('abort', end, { once: true })
  try {
    for (;;) {
      const next = queue.shift()
      if (next) yield next
      else if (ended || signal?.aborted) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    stop()
    signal?.removeEventListener('abort', end)
  }
}
