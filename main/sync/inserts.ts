import type { Value } from '../../shared/sync/merge.ts'
import type { Db, Statement } from '../db/open.ts'

/** Rows put into one statement: each run of a statement costs as much as several of its rows. */
export const BLOCK = 25

/** Inserts by the block. `head`: up to VALUES; `width`: values of a row; `tail`: what follows them. Call end() when no more come. */
export class Inserts {
  readonly #width: number
  readonly #block: Statement
  readonly #one: Statement
  #waiting: Value[] = []

  constructor(db: Db, head: string, width: number, tail = '') {
    const places = `(${Array.from({ length: width }, () => '?').join()})`
    const sql = (rows: number) => `${head} VALUES ${Array.from({ length: rows }, () => places).join()}${tail}`
    this.#width = width
    this.#block = db.prepare(sql(BLOCK))
    this.#one = db.prepare(sql(1))
  }

  add(...values: Value[]): void {
    for (const value of values) this.#waiting.push(value)
    if (this.#waiting.length < BLOCK * this.#width) return
    const block = this.#waiting
    this.#waiting = []
    this.#block.run(block)
  }

  end(): void {
    const rest = this.#waiting
    this.#waiting = []
    // A statement for each number of rows would be many.
    for (let at = 0; at < rest.length; at += this.#width) this.#one.run(rest.slice(at, at + this.#width))
  }
}
