import { Worker } from 'node:worker_threads'
import type { Db } from './open.ts'

/** What the two threads tell each other, by places in one Int32Array. */
export const CELL = {
  /** Passes asked for so far; END: leave. */
  asked: 0,
  /** Passes made so far. */
  made: 1,
  /** Of the last pass: frames in the WAL, and those of them not yet in the book. */
  frames: 2,
  left: 3,
  /** 1: the thread has no connection and will open none. */
  gone: 4,
} as const
export const END = -1
export interface CheckpointData {
  file: string
  cells: SharedArrayBuffer
}

/** A shorter batch is not worth a thread. */
const START_MS = 200
const EVERY_MS = 500
/** A disk on which a pass takes longer than this is waited for. */
const SLOW_MS = 2000
/** Frames, 64 MB of them: SQLite begins anew at the front of the WAL only when all of it is in the book, which without a pause never happens. */
const LIMIT = 16_384
/** A disk that hangs does not keep the book open for ever; the connection goes with the process then. */
const PATIENCE_MS = 5000
/** It holds next to nothing. */
const HEAP = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 }

const beside = () => new URL(`./checkpoint-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.mjs'}`, import.meta.url)

/**
 * While a batch writes, a thread of its own carries what it wrote from the WAL over into the book: done by the commits themselves, that is what others
 * wait for longest. The passes are SQLite's own PASSIVE ones: they wait for nobody, nobody waits for them, and a kill at any moment costs nothing.
 */
export class Checkpointer {
  readonly #db: Db
  /** Pages of the WAL after which a commit does it itself, as long as there is no thread. */
  readonly #alone: number
  readonly #cells = new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT)
  readonly #at = new Int32Array(this.#cells)
  readonly #since: number
  readonly #limit: number
  #thread: 'none' | 'runs' | 'over' = 'none'
  #lastAsked = 0
  /** Frames up to which a reader of an older state keeps the WAL from beginning anew: waiting for it there would be for nothing. */
  #held = 0

  /** @param now epoch ms, as in between() @param limit frames that the WAL may have before somebody waits for it */
  constructor(db: Db, alone: number, now: number, limit = LIMIT) {
    this.#db = db
    this.#alone = alone
    this.#since = now
    this.#limit = limit
    db.raw.pragma(`wal_autocheckpoint = ${alone}`)
  }

  /** To be called between two transactions; waits only when the WAL has grown large, and then for what the last passes have left. */
  async between(now: number): Promise<void> {
    if (this.#thread === 'none' && now - this.#since >= START_MS) this.#start()
    if (this.#thread !== 'runs') return
    if (Atomics.load(this.#at, CELL.frames) > Math.max(this.#limit, this.#held)) {
      await this.#pass(now)
      const frames = Atomics.load(this.#at, CELL.frames)
      this.#held = Atomics.load(this.#at, CELL.left) > 0 ? frames + this.#limit : 0
      // It begins anew with the next commit.
      if (this.#held === 0) Atomics.store(this.#at, CELL.frames, 0)
    } else if (Atomics.load(this.#at, CELL.made) === Atomics.load(this.#at, CELL.asked)) {
      if (now - this.#lastAsked >= EVERY_MS) this.#ask(now)
    } else if (now - this.#lastAsked >= SLOW_MS) await this.#idle()
  }

  /** The last pass and the end of the thread. @param ordinary pages, as `alone`: for the time after */
  async end(ordinary: number): Promise<void> {
    if (!this.#db.raw.open) return
    await this.#pass(this.#lastAsked)
    this.#db.dismiss()
    if (this.#db.raw.open) this.#db.raw.pragma(`wal_autocheckpoint = ${ordinary}`)
  }

  #start(): void {
    this.#thread = 'runs'
    const data: CheckpointData = { file: this.#db.file, cells: this.#cells }
    // It keeps the process alive, which waiting for a cell would not: a command of the terminal has nothing else to live for.
    const worker = new Worker(beside(), { workerData: data, resourceLimits: HEAP })
    // Whatever ends it, commits go on as they did before it.
    const over = () => {
      if (this.#thread !== 'runs') return
      this.#thread = 'over'
      Atomics.store(this.#at, CELL.gone, 1)
      Atomics.store(this.#at, CELL.made, Atomics.load(this.#at, CELL.asked))
      Atomics.notify(this.#at, CELL.made)
      if (this.#db.raw.open) this.#db.raw.pragma(`wal_autocheckpoint = ${this.#alone}`)
    }
    worker.once('error', over)
    worker.once('exit', over)
    this.#db.raw.pragma('wal_autocheckpoint = 0')
    this.#db.beforeClose(() => {
      this.#thread = 'over'
      Atomics.store(this.#at, CELL.asked, END)
      Atomics.notify(this.#at, CELL.asked)
      Atomics.notify(this.#at, CELL.made)
      Atomics.wait(this.#at, CELL.gone, 0, PATIENCE_MS)
      void worker.terminate()
    })
  }

  #ask(now: number): void {
    this.#lastAsked = now
    Atomics.add(this.#at, CELL.asked, 1)
    Atomics.notify(this.#at, CELL.asked)
  }

  /** One that has begun after everything written so far. */
  async #pass(now: number): Promise<void> {
    if (this.#thread !== 'runs') return
    await this.#idle()
    if (this.#thread !== 'runs') return
    this.#ask(now)
    await this.#idle()
  }

  async #idle(): Promise<void> {
    for (;;) {
      const made = Atomics.load(this.#at, CELL.made)
      if (this.#thread !== 'runs' || made === Atomics.load(this.#at, CELL.asked)) return
      await Atomics.waitAsync(this.#at, CELL.made, made).value
    }
  }
}
