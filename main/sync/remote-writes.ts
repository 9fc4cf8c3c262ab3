import { readHlc } from '../../shared/sync/clock.ts'
import type { Value } from '../../shared/sync/merge.ts'
import { errorCode } from '../db/sqlite-errors.ts'
import type { Tx } from '../db/write.ts'
import type { Shape } from './fields.ts'
import { Inserts } from './inserts.ts'

/** Who wrote a value, where, and when by the hybrid clock. */
export interface Author {
  site: string
  user: string | null
  h: number
}

/** What the log says of a row; f: JSON. */
export interface Said {
  tbl: number
  pk: number
  kind: number
  f: string
}

interface Job {
  author: Author
  order: number
  /** Writes rows, which the triggers log; or the line of the log for a row that is written. */
  does: (() => void) | Said
}

/**
 * What came from other devices, written so that the same triggers log it in the name of whoever did it: one transaction of the log for each of
 * theirs, in the order of their stamps, born acknowledged (state.ts wireSite). All within one transaction of this book.
 */
export class RemoteWrites {
  readonly #tx: Tx
  readonly #jobs: Job[] = []
  readonly #made = new Map<string, number>()

  constructor(tx: Tx) {
    this.#tx = tx
  }

  add(author: Author, run: () => void): void {
    this.#jobs.push({ author, order: this.#jobs.length, does: run })
  }

  /** Of a row that was written without the triggers (new-rows.ts): its line of the log, among the others. */
  log(author: Author, said: Said): void {
    this.#jobs.push({ author, order: this.#jobs.length, does: said })
  }

  /** Runs them. `verb` stands in the history. Gives the greatest stamp. */
  run(verb: string): number {
    const { db } = this.#tx
    let context = 0
    let highest = 0
    const enter = db.prepare('UPDATE change_context SET tx = ? WHERE one = 1')
    const logged = new Inserts(db, 'INSERT INTO change_tx (tx, hlc, base, user, site, at, verb)', 7)
    const lines = new Inserts(db, 'INSERT INTO change (tx, tbl, row, kind, f)', 5)
    // Those of whom it is not known that they logged anything.
    const unsaid = new Set<number>()
    this.#jobs.sort((a, b) => a.author.h - b.author.h || a.order - b.order)
    for (const { author, does } of this.#jobs) {
      const key = `${author.h} ${author.site} ${author.user}`
      let number = this.#made.get(key)
      if (number === undefined) {
        number = this.#tx.change + this.#made.size + 1
        this.#made.set(key, number)
        logged.add(number, author.h, 0, author.user, author.site, readHlc(author.h).ms, verb)
        unsaid.add(number)
      }
      if (typeof does !== 'function') {
        lines.add(number, does.tbl, does.pk, does.kind, does.f)
        unsaid.delete(number)
      } else {
        lines.end()
        if (number !== context) enter.run(number)
        context = number
        does()
      }
      highest = Math.max(highest, author.h)
    }
    lines.end()
    logged.end()
    this.#jobs.length = 0
    const idle = db.prepare(
      'DELETE FROM change_tx WHERE tx = ? AND NOT EXISTS (SELECT 1 FROM change c WHERE c.tx = change_tx.tx)',
    )
    for (const number of unsaid) idle.run(number)
    enter.run(this.#tx.change)
    return highest
  }
}

/** Is it the row that cannot be written? Its statement has left nothing then. A full or broken disk is nobody's row. */
export function isOfRow(error: unknown): boolean {
  return /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(errorCode(error))
}

/** Statements by the columns they write, as few as the rows have forms. */
export function insertRow(tx: Tx, shape: Shape, values: ReadonlyMap<number, Value>, at: number): number {
  const names: string[] = ['updated_at']
  const bound: Value[] = [at]
  for (const [fid, value] of values) {
    names.push(shape.byId.get(fid)!.name)
    bound.push(value)
  }
  tx.touched.add(shape.spec.name)
  const columns = names.map((n) => `"${n}"`).join(', ')
  const done = tx.db
    .prepare(`INSERT INTO "${shape.spec.name}" (${columns}) VALUES (${names.map(() => '?').join(', ')})`)
    .run(...bound)
  return Number(done.lastInsertRowid)
}

export function updateRow(tx: Tx, shape: Shape, pk: number, values: ReadonlyMap<number, Value>, at: number): void {
  const set = [...values.keys()].map((fid) => `"${shape.byId.get(fid)!.name}" = ?`).join(', ')
  tx.touched.add(shape.spec.name)
  tx.db
    .prepare(`UPDATE "${shape.spec.name}" SET ${set}, updated_at = max(updated_at, ?) WHERE pk = ?`)
    .run(...values.values(), at, pk)
}
