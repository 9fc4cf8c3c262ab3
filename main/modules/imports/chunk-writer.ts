import type { ImportField, OnDuplicate } from '../../../shared/contract/imports.ts'
import type { BatchRow } from '../../db/batch.ts'
import type { Tx } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { addRowTx, changeRowTx, isAcceptable, NamedThings } from './add-row.ts'
import type { ImportOptions } from './batch-row.ts'
import { choicesOf } from './choices.ts'
import { findKnown } from './known.ts'
import { type Likeness, likenessOf } from './likeness.ts'
import type { SourceRow } from './parse/source.ts'
import type { RowResult, RowRules } from './row.ts'
import { mappedFields } from './rules.ts'
import { isStronger, SeenRows } from './seen.ts'

export interface Prepared extends RowResult {
  source: SourceRow
}

type Became = 'added' | 'filled' | 'updated' | 'skipped' | 'failed'

/** Writes the rows of one run, a chunk a transaction, under the choices made. */
export class ChunkWriter {
  readonly #id: string
  readonly #otherwise: OnDuplicate
  readonly #choices: ReadonlyMap<number, OnDuplicate>
  readonly #fields: ReadonlySet<ImportField>
  readonly #things: NamedThings

  constructor(ctx: Ctx, batch: BatchRow, options: ImportOptions, rules: RowRules) {
    this.#id = batch.id
    this.#otherwise = options.on_duplicate
    this.#choices = choicesOf(ctx.db, batch.id)
    this.#fields = mappedFields(rules)
    this.#things = new NamedThings(ctx.db)
  }

  write(tx: Tx, rows: Prepared[]): Record<Became, number> {
    const counts = { added: 0, filled: 0, updated: 0, skipped: 0, failed: 0 }
    for (const { source, mapped, problems } of rows) {
      if (mapped && !isAcceptable(mapped))
        problems.push({ row: source.row, code: 'REFUSED', field: null, value: mapped.name.slice(0, 300) })
    }
    const likes = rows.map(({ mapped, problems }) =>
      mapped && problems.at(-1)?.code !== 'REFUSED' ? likenessOf(mapped) : null,
    )
    const known = findKnown(
      tx.db,
      likes.filter((like) => like !== null),
    )[Symbol.iterator]()
    const seen = new SeenRows()
    /** Of the rows of this chunk that came in: their customers. */
    const ids: string[] = []
    for (const [i, row] of rows.entries()) {
      const like = likes[i]
      const inBook = like ? known.next().value : undefined
      const before = like && seen.find(like, (at) => candidate(likes[at]!))
      const target = before && (!inBook || isStronger(before.why, inBook.why)) ? ids[before.index] : inBook?.id
      const became = like ? this.#row(tx, row, target, (id) => this.#note(seen, ids, like, i, id)) : 'failed'
      counts[became]++
      // Who is left as they are has nothing to look at: what is listed either came in or did not.
      if (row.problems.length > 0 && became !== 'skipped') this.#problem(tx, row, became !== 'failed')
    }
    return counts
  }

  #row(tx: Tx, { mapped, source }: Prepared, target: string | undefined, came: (id: string) => void): Became {
    const choice = this.#choices.get(source.row)
    const does = target === undefined ? (choice === 'skip' ? 'skip' : 'add') : (choice ?? this.#otherwise)
    if (does === 'skip') return 'skipped'
    if (does === 'add' || target === undefined) {
      came(addRowTx(tx, mapped!, this.#things))
      return 'added'
    }
    came(target)
    const changed = changeRowTx(tx, target, mapped!, does, this.#fields, this.#things)
    return !changed ? 'skipped' : does === 'fill' ? 'filled' : 'updated'
  }

  #note(seen: SeenRows, ids: string[], like: Likeness, index: number, id: string): void {
    seen.add(like, index)
    ids[index] = id
  }

  #problem(tx: Tx, { source, problems }: Prepared, came: boolean): void {
    tx.db
      .prepare('INSERT INTO batch_problem (batch_id, row, problems, cells, came) VALUES (?, ?, ?, ?, ?)')
      .run(this.#id, source.row, JSON.stringify(problems), JSON.stringify(source.cells), came ? 1 : 0)
  }
}

const candidate = (like: Likeness) => ({ ...like, phones: like.allPhones })
