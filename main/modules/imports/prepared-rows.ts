import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Stage } from '../../db/stage.ts'
import type { Ctx } from '../../engine/context.ts'
import { folderOf, type ImportOptions, rowsPathOf } from './batch-row.ts'
import type { ThingsOfBook } from './named-things.ts'
import { prepareRows, type Stretch, type WHAT } from './prepare.ts'
import type { RowRules } from './row.ts'
import { placeOf } from './rows-file.ts'

/** A row as it was prepared (prepare.ts). */
export interface Line {
  i: number
  row: number
  start: number
  stop: number
  what: (typeof WHAT)[keyof typeof WHAT]
  party: number | null
  keys: number
  repeats: number | null
  why: string | null
  uses: string | null
  problems: string | null
  cells: string | null
}

/** The prepared rows of a run: while one stretch is written, the reader's thread makes the next ones ready. */
export class PreparedRows {
  readonly #ctx: Ctx
  readonly #id: string
  readonly #options: ImportOptions
  readonly #rules: RowRules
  readonly #things: ThingsOfBook
  #job: PrepareJob | null = null
  #jobs = 0
  #stretch: Stretch | null = null
  #stage: Stage | null = null

  constructor(ctx: Ctx, id: string, options: ImportOptions, rules: RowRules, things: ThingsOfBook) {
    this.#ctx = ctx
    this.#id = id
    this.#options = options
    this.#rules = rules
    this.#things = things
  }

  /** Of the lines that were read last. */
  get stage(): Stage {
    if (!this.#stage) throw new Error('nothing was read yet')
    return this.#stage
  }

  /** At most `size` lines beginning with the row `from`; none at the end. */
  async read(from: number, size: number): Promise<Line[]> {
    this.#job ??= this.#begin(from)
    if (this.#stretch === null || from >= this.#stretch.from + this.#stretch.count) {
      this.#leave()
      this.#stretch = await this.#job.next()
      if (this.#stretch === null) return []
      this.#stage = new Stage(this.#ctx.db, this.#stretch.file)
      this.#things.propose(this.#stretch.proposed)
    }
    return this.stage.prepare('SELECT * FROM stage.line WHERE i >= ? ORDER BY i LIMIT ?').all(from, size) as Line[]
  }

  /** Lets go of what was prepared: the end, or the names in the book are not those it was prepared for. */
  async drop(): Promise<void> {
    this.#leave()
    await this.#job?.end()
    this.#job = null
  }

  #begin(from: number): PrepareJob {
    const rowsPath = rowsPathOf(this.#ctx, this.#id, this.#options)
    this.#things.read(this.#ctx.db)
    return new PrepareJob(this.#ctx, {
      rowsPath,
      start: placeOf(rowsPath, from),
      from,
      stagePath: join(folderOf(this.#ctx, this.#id), `stage-${++this.#jobs}-`),
      columns: this.#options.columns,
      rules: this.#rules,
      ownerId: this.#ctx.user?.id ?? null,
      now: this.#ctx.clock.now(),
      things: this.#things.list,
    })
  }

  #leave(): void {
    this.#stage?.close()
    if (this.#stretch) rmSync(this.#stretch.file, { force: true })
    this.#stage = null
    this.#stretch = null
  }
}

/** The reader's work, as something to take stretches from. */
class PrepareJob {
  readonly #over = new AbortController()
  readonly #begun = new SharedArrayBuffer(4)
  readonly #run: Promise<void>
  #ready: Stretch[] = []
  #isEnded = false
  #failure: unknown
  #wake: () => void = () => {}

  constructor(ctx: Ctx, input: Omit<Parameters<typeof prepareRows.run>[0], 'begun'>) {
    const onProgress = (stretch: Stretch) => {
      this.#ready.push(stretch)
      this.#wake()
    }
    this.#run = ctx.reader
      .run(prepareRows, { ...input, begun: this.#begun }, { signal: this.#over.signal, onProgress })
      .catch((error: unknown) => {
        this.#failure = error
      })
      .then(() => {
        this.#isEnded = true
        this.#wake()
      })
  }

  /** The next one, as soon as it is ready; null at the end. */
  async next(): Promise<Stretch | null> {
    for (;;) {
      const stretch = this.#ready.shift()
      if (stretch) {
        Atomics.add(new Int32Array(this.#begun), 0, 1)
        return stretch
      }
      if (this.#failure) throw this.#failure
      if (this.#isEnded) return null
      await new Promise<void>((wake) => {
        this.#wake = wake
      })
    }
  }

  async end(): Promise<void> {
    this.#over.abort()
    await this.#run
    for (const { file } of this.#ready) rmSync(file, { force: true })
  }
}
