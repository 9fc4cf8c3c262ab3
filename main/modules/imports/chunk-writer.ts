import type { ImportField, OnDuplicate } from '../../../shared/contract/imports.ts'
import type { BatchRow } from '../../db/batch.ts'
import type { Stage } from '../../db/stage.ts'
import type { Tx } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { addStagedSearchRows, addStagedTx, type StagedRun } from '../customers/staged.ts'
import { addRowTx, changeRowTx, type NamedRows } from './add-row.ts'
import { type ImportOptions, rowsPathOf } from './batch-row.ts'
import { choicesOf } from './choices.ts'
import { findKnown } from './known.ts'
import { linesInBook } from './known-lines.ts'
import { likenessOf, type Why } from './likeness.ts'
import { WHAT } from './prepare.ts'
import type { Line } from './prepared-rows.ts'
import { mapRow, type RowRules } from './row.ts'
import { rowsAt } from './rows-file.ts'
import { mappedFields, shownCells } from './rules.ts'
import { isStronger } from './seen.ts'

type Became = 'added' | 'filled' | 'updated' | 'skipped' | 'failed'

/**
 * Writes the rows of one run, a chunk a transaction, under the choices made. New customers whom nobody is like go in as they were prepared, a
 * run of neighbours at once; every other row by itself, when all before it are in the book.
 */
export class ChunkWriter {
  readonly #id: string
  readonly #path: string
  readonly #options: ImportOptions
  readonly #rules: RowRules
  readonly #choices: ReadonlyMap<number, OnDuplicate>
  readonly #fields: ReadonlySet<ImportField>
  readonly #things: NamedRows
  /** The names that rows were prepared for have changed: they must be prepared anew. */
  isStale = false

  constructor(ctx: Ctx, batch: BatchRow, options: ImportOptions, rules: RowRules, things: NamedRows) {
    this.#id = batch.id
    this.#path = rowsPathOf(ctx, batch.id, options)
    this.#options = options
    this.#rules = rules
    this.#choices = choicesOf(ctx.db, batch.id)
    this.#fields = mappedFields(rules)
    this.#things = things
  }

  write(tx: Tx, stage: Stage, lines: Line[]): Record<Became, number> {
    this.isStale = !this.#things.areAsBefore(tx)
    if (this.isStale) this.#things.read(tx.db)
    const chunk = new Chunk(tx, stage)
    const inBook = this.isStale ? null : linesInBook(stage, lines)
    const counts = { added: 0, filled: 0, updated: 0, skipped: 0, failed: 0 }
    for (const line of lines) {
      const asPrepared =
        inBook !== null &&
        line.party !== null &&
        line.repeats === null &&
        !inBook.has(line.i) &&
        !(this.#choices.size > 0 && this.#choices.has(line.row)) &&
        !(line.what === WHAT.company && this.#things.awaitsRows)
      let became: Became = 'added'
      if (line.what === WHAT.fails) became = 'failed'
      else if (asPrepared) {
        if (line.uses) this.#things.make(tx, line.uses)
        chunk.add(line.i, line.party!)
      } else became = this.#alone(tx, chunk, line)
      counts[became]++
      // Who is left as they are has nothing to look at: what is listed either came in or did not.
      if (line.problems && became !== 'skipped') this.#problem(tx, line, became !== 'failed')
    }
    chunk.flush()
    if (counts.added + counts.filled + counts.updated > 0) this.#things.wrote(tx)
    return counts
  }

  #alone(tx: Tx, chunk: Chunk, line: Line): Became {
    chunk.flush()
    const [source] = rowsAt(this.#path, [{ from: line.start, to: line.stop }])
    const mapped = mapRow(shownCells(source!, this.#options.columns), this.#rules).mapped!
    const known = findKnown(tx.db, [likenessOf(mapped)])[0]
    const before = line.repeats === null ? undefined : chunk.customerOf(line.repeats)
    const isBefore = before !== undefined && (!known || isStronger(JSON.parse(line.why!) as Why[], known.why))
    const target = isBefore ? before : known?.id
    const choice = this.#choices.get(line.row)
    const does = target === undefined ? (choice === 'skip' ? 'skip' : 'add') : (choice ?? this.#options.on_duplicate)
    if (does === 'skip') return 'skipped'
    if (does === 'add' || target === undefined) {
      chunk.note(line.i, addRowTx(tx, mapped, this.#things))
      return 'added'
    }
    chunk.note(line.i, target)
    const changed = changeRowTx(tx, target, mapped, does, this.#fields, this.#things)
    return !changed ? 'skipped' : does === 'fill' ? 'filled' : 'updated'
  }

  #problem(tx: Tx, { row, problems, cells }: Line, came: boolean): void {
    tx.db
      .prepare('INSERT INTO batch_problem (batch_id, row, problems, cells, came) VALUES (?, ?, ?, ?, ?)')
      .run(this.#id, row, problems, cells, came ? 1 : 0)
  }
}

/** What of a chunk came in so far. */
class Chunk {
  readonly #tx: Tx
  readonly #stage: Stage
  readonly #added: Array<StagedRun & { pk: number }> = []
  /** By the row's index: its customer, or the number of its staged one. */
  readonly #customers = new Map<number, string | number>()
  #open: StagedRun | null = null

  constructor(tx: Tx, stage: Stage) {
    this.#tx = tx
    this.#stage = stage
    // Before the search rows of what is written row by row: that may already change one of these.
    tx.beforeCommit(() => {
      for (const run of this.#added) addStagedSearchRows(stage, run)
    })
  }

  /** Adds a staged customer, together with its neighbours. */
  add(i: number, party: number): void {
    this.#customers.set(i, party)
    if (this.#open?.to === party - 1) this.#open.to = party
    else {
      this.flush()
      this.#open = { from: party, to: party }
    }
  }

  flush(): void {
    if (this.#open) this.#added.push(addStagedTx(this.#tx, this.#stage, this.#open))
    this.#open = null
  }

  note(i: number, id: string): void {
    this.#customers.set(i, id)
  }

  /** Into whom the row with this index came; undefined: nobody, or in another chunk. */
  customerOf(i: number): string | undefined {
    const customer = this.#customers.get(i)
    if (typeof customer !== 'number') return customer
    const row = this.#stage.prepare('SELECT id FROM stage.party WHERE n = ?').get(customer) as { id: string }
    return row.id
  }
}
