import { CLOCK_WARNING_MS } from '../../shared/sync/clock-skew.ts'
import { write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import { countConflicts } from './conflicts.ts'
import { Door } from './door.ts'
import { beginEpoch } from './epoch.ts'
import { isSameLife, isTaken, markAnew, noteOwn, openAgain, reincarnate } from './life.ts'
import { countWaiting } from './log-lines.ts'
import { lowerStamps, offsetOf } from './outbox.ts'
import { OtherLife, Refused, SIZES, type SyncParts, Unreachable } from './parts.ts'
import { devicesOf, hasStranger } from './peers.ts'
import { offerOwn } from './recipients.ts'
import { checkDigests, keepOffset, newPace, pullAll, pushAll, tellManifest, type Work } from './rounds.ts'
import { readState, type State, saveState } from './state.ts'
import { countOpened, countParked, keptSealed } from './trays.ts'

export type Doing = 'off' | 'idle' | 'sending' | 'receiving'

export interface SyncStatus {
  on: boolean
  doing: Doing
  /** Own changes that wait, at most COUNT_MOST. */
  waiting: number
  received: number
  /** Since when there has been no answer, epoch ms. */
  offlineSince: number | null
  /** When everything was last sent and received. */
  lastDone: number | null
  /** ms that this PC's clock is behind the server's, where it matters. */
  clock: number | null
  /** Code of what somebody has to do something about. */
  stopped: string | null
  /** Code of what goes by itself. */
  trouble: string | null
  conflicts: number
  parked: number
  state: State | null
}

export interface SyncHooks {
  /** Everything of the business is here. True: something was changed at the server, and it is to be asked again. */
  settled?(ctx: Ctx, state: State, door: Door): Promise<boolean>
}

const COUNT_MOST = 100_000
const POLL_MS = 60_000
const AFTER_WRITE_MS = 1_000
const BACKOFF_MS = 1_000
const BACKOFF_MOST_MS = 5 * 60_000
/** Of a server that was there before: whoever waits for it to come back should not wait long. */
const BACKOFF_KNOWN_MS = 60_000
/** Answers like «another epoch» are dealt with at once; more of them in one round are a loop. */
const TURNS = 24
/** Of the book, and of the files beside it. */
const FULL = new Set<unknown>(['DISK_FULL', 'ENOSPC', 'EDQUOT'])
/** These stay until somebody does something: asking again and again would not change them. */
const FINAL = new Set(['revoked', 'reuse', 'unknown_device', 'other_tenant'])
/** So often an owner's device asks whether one was shut out by the server. */
const LOOK_MS = 10 * 60_000

const stopCode = ({ code, reply }: Refused): string => {
  if (code === 'revoked' && reply.why === 'reuse') return 'reuse'
  return code === 'unknown_device' && reply.why === 'keys' ? 'no_keys' : code
}

/**
 * Sync of one open book (SYNC.md 8): push until nothing waits, pull until the head, sleep. One at a time. Everything it meets with is dealt
 * with here; the people at work notice nothing but the chip.
 */
export class SyncClient {
  readonly #ctx: Ctx
  readonly #parts: SyncParts
  readonly #hooks: SyncHooks
  #door: { key: string; door: Door } | null = null
  #most: number
  readonly #pace = newPace()
  #running: Promise<void> | null = null
  #again = false
  #cancel: (() => void) | null = null
  #due = Number.POSITIVE_INFINITY
  #silence: (() => void) | null = null
  #line: (() => void) | null = null
  #started = false
  #marked = false
  #named = false
  #looked = 0
  #fails = 0
  #doing: Doing = 'off'
  #received = 0
  #offlineSince: number | null = null
  #lastDone: number | null = null
  #trouble: string | null = null

  constructor(ctx: Ctx, parts: SyncParts, hooks: SyncHooks = {}) {
    this.#ctx = { ...ctx, user: null, origin: 'sync' }
    this.#parts = parts
    this.#hooks = hooks
    this.#most = (parts.sizes ?? SIZES).ops
  }

  /** Begins to work by itself, if sync is on. */
  start(): void {
    const state = readState(this.#ctx.db)
    if (this.#started || !state || state.off) return
    this.#started = true
    // What was wrong before it was stopped may be mended: a new code, another address.
    this.#trouble = null
    this.#silence = this.#ctx.live.listen((event) => {
      if (event.change !== null && event.origin !== 'sync') this.wake(AFTER_WRITE_MS)
    })
    this.wake(0)
  }

  stop(): void {
    this.#started = false
    this.#silence?.()
    this.#cancel?.()
    this.#line?.()
    this.#silence = this.#cancel = this.#line = null
    // Whoever registers anew comes with another key.
    this.#door = null
    this.#due = Number.POSITIVE_INFINITY
  }

  /** A round in `ms` at the latest. */
  wake(ms: number): void {
    if (!this.#started) return
    const at = this.#parts.now() + ms
    if (this.#cancel && at >= this.#due) return
    this.#cancel?.()
    this.#due = at
    this.#cancel = this.#parts.after(ms, () => {
      this.#cancel = null
      this.#due = Number.POSITIVE_INFINITY
      void this.sync()
    })
  }

  /** A network came up, or somebody asked: at once, and without the waiting that failures had brought. */
  kick(): void {
    this.#fails = 0
    this.wake(0)
  }

  /** One round; whoever asks while one is under way waits for the next. Never throws: what went wrong is in `status`. */
  async sync(): Promise<void> {
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#rounds().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #rounds(): Promise<void> {
    do {
      this.#again = false
      await this.#once()
    } while (this.#again && this.#offlineSince === null && this.#isOpen())
  }

  async #once(): Promise<void> {
    if (!this.#isOpen()) return this.stop()
    const state = readState(this.#ctx.db)
    if (!state || state.off || (state.stopped && FINAL.has(state.stopped))) return
    let wait = Math.round(POLL_MS * (0.8 + 0.4 * this.#parts.random()))
    const was = this.#trouble
    try {
      await this.#round()
      this.#fails = 0
      this.#offlineSince = null
      this.#trouble = null
      this.#lastDone = this.#parts.now()
      if (this.#isOpen() && readState(this.#ctx.db)?.stopped) this.#stopFor(null)
      this.#listen()
    } catch (error) {
      if (!this.#isOpen()) return
      wait = this.#failed(error)
    }
    this.#say('idle')
    // Nothing was done, and still there is something else to say.
    if (this.#trouble !== was) this.#tell()
    this.wake(wait)
  }

  /** The server says no, nothing answers, the disk is full: what it means, and when to try again. */
  #failed(error: unknown): number {
    this.#fails++
    const longest = readState(this.#ctx.db)?.pulled ? BACKOFF_KNOWN_MS : BACKOFF_MOST_MS
    const most = Math.min(longest, BACKOFF_MS * 2 ** Math.min(this.#fails, 20))
    // Full jitter (SYNC.md 12): a server that comes back must not be met by everybody at once.
    const wait = BACKOFF_MS / 2 + this.#parts.random() * most
    if (error instanceof Unreachable) {
      this.#trouble = error.why
      this.#offlineSince ??= this.#parts.now()
      return wait
    }
    if (error instanceof Refused) {
      // It answers, whatever it says.
      this.#offlineSince = null
      this.#trouble = error.code
      if (FINAL.has(error.code)) this.#stopFor(stopCode(error))
      if (error.code === 'upgrade_required') this.#stopFor(error.code)
      return Math.max(wait, (error.reply.retry_after ?? 0) * 1_000)
    }
    const code = (error as { code?: unknown }).code
    const isFull = FULL.has(code)
    this.#trouble = isFull ? 'disk_full' : 'internal'
    // For somebody here to do, whether the server is there or not.
    if (isFull) this.#offlineSince = null
    this.#ctx.log.error('sync.round', error)
    return wait
  }

  #stopFor(stopped: string | null): void {
    try {
      write(this.#ctx, 'sync.stopped', (tx) => {
        saveState(tx.db, { stopped })
        tx.touched.add('sync')
      })
    } catch (error) {
      this.#ctx.log.error('sync.stopped', error)
    }
  }

  async #round(): Promise<void> {
    const work = this.#work()
    const { ctx, parts, door } = work
    for (let turn = 0; ; turn++) {
      try {
        if (!isSameLife(ctx, parts, readState(ctx.db)!)) {
          await reincarnate(ctx, parts, door)
          this.#marked = true
        } else if (!this.#marked) {
          markAnew(ctx, parts)
          this.#marked = true
        }
        await pushAll(work)
        keepOffset(work)
        if ((await pullAll(work)) > 0) this.#named = false
        await offerOwn(ctx, parts, door)
        const state = readState(ctx.db)!
        if (countWaiting(ctx.db, state.acked, 1) > 0 && turn < TURNS) continue
        keepOffset(work)
        const isDue = state.role === 'owner' && Math.abs(parts.now() - this.#looked) >= LOOK_MS
        if (isDue || (!this.#named && hasStranger(ctx.db))) {
          // Once: one that the server does not name either stays without.
          this.#named = true
          this.#looked = parts.now()
          await devicesOf(ctx, door)
        }
        if ((await this.#hooks.settled?.(ctx, state, door)) && turn < TURNS) continue
        await checkDigests(work)
        return
      } catch (error) {
        if (turn >= TURNS || !this.#isOpen() || !(await this.#mended(work, error))) throw error
      }
    }
  }

  /** Deals with what can be dealt with at once; false: it is for later, or for a person. */
  async #mended(work: Work, error: unknown): Promise<boolean> {
    const { ctx, parts, door } = work
    if (error instanceof OtherLife) {
      await reincarnate(ctx, parts, door)
      return true
    }
    if (!(error instanceof Refused)) return false
    const { code, reply } = error
    const state = readState(ctx.db)!
    if (code === 'epoch_changed' && reply.epoch && reply.epoch !== state.epoch) {
      try {
        await beginEpoch(ctx, door, reply.epoch)
      } catch (other) {
        // Then the new epoch is begun under the new name.
        if (!(other instanceof OtherLife || isTaken(other))) throw other
        await reincarnate(ctx, parts, door)
      }
      noteOwn(ctx, parts)
    } else if (code === 'fork' || isTaken(error)) await reincarnate(ctx, parts, door)
    else if (code === 'clock_ahead' && reply.now !== undefined) {
      door.forgetClock()
      write(ctx, 'sync.clock', (tx) => lowerStamps(tx, reply.now!))
    } else if (code === 'manifest_wanted') await tellManifest(work)
    else if (code === 'not_found' && reply.why === 'site') await openAgain(door, state)
    else return false
    return true
  }

  #work(): Work {
    const self = this
    return {
      ctx: this.#ctx,
      parts: this.#parts,
      door: this.door(),
      get most() {
        return self.#most
      },
      set most(n) {
        self.#most = n
      },
      pace: this.#pace,
      said: (doing, rows) => this.#say(doing, rows),
      pause: async () => {
        await this.#parts.pause()
        if (!this.#isOpen()) throw new Unreachable('network')
      },
    }
  }

  /** The way in, one an address and registration: it holds the access token. */
  door(): Door {
    const { address, device } = readState(this.#ctx.db) ?? { address: '', device: '' }
    const key = `${address} ${device}`
    if (this.#door?.key !== key) {
      this.#line?.()
      this.#line = null
      this.#door = { key, door: new Door(this.#parts, address) }
    }
    return this.#door.door
  }

  #listen(): void {
    if (this.#line || !this.#started) return
    this.#line =
      this.door().listen({
        head: (head) => {
          const cursors = this.#ctx.db.raw.open
            ? (this.#ctx.db.prepare('SELECT coalesce(min(cursor), 0) AS c FROM sync_scope').get() as { c: number }).c
            : head
          // Not all devices of a business at the same moment.
          if (head > cursors) this.wake(this.#parts.random() * 300)
        },
        closed: () => {
          this.#line = null
        },
      }) ?? null
  }

  #say(doing: Doing, rows = 0): void {
    const before = this.#doing
    this.#doing = doing
    this.#received = rows
    if (before !== doing || rows > 0) this.#tell()
  }

  #tell(): void {
    this.#ctx.live.emit({ tables: ['sync'], change: null, origin: 'sync' })
  }

  #isOpen = (): boolean => this.#ctx.db.raw.open

  status(): SyncStatus {
    const { db } = this.#ctx
    const state = readState(db)
    const offset = offsetOf(db)
    const again = db.prepare('SELECT count(*) AS n FROM sync_replay').get()
    return {
      on: state !== null && !state.off,
      doing: state && !state.off ? this.#doing : 'off',
      waiting: state ? countWaiting(db, state.acked, COUNT_MOST) + (again as { n: number }).n : 0,
      received: this.#received,
      offlineSince: this.#offlineSince,
      lastDone: this.#lastDone ?? (state && state.pulled > 0 ? state.pulled : null),
      clock: Math.abs(offset) > CLOCK_WARNING_MS ? offset : null,
      stopped: state?.stopped ?? null,
      trouble: this.#trouble,
      conflicts: state ? countConflicts(db) : 0,
      // Sealed ones are one matter: to be handed over.
      parked: state ? countParked(db) + countOpened(db) + (keptSealed(db).changes > 0 ? 1 : 0) : 0,
      state,
    }
  }
}
