import { MANIFEST } from '../../shared/sync/manifest.ts'
import type { Db } from './open.ts'
import type { TableShape } from './salvage-rules.ts'
import type { Row } from './salvage-scan.ts'

export interface SalvagedTable {
  table: string
  /** Rows in the new book, those made from the log included. */
  saved: number
  from_log: number
  /** At least so many are missing: rows are numbered without gaps, so a number that nothing stands under was a row. */
  lost: number
}

/** meta: in a book that was salvaged before, how many numbers of a table stand for nobody. */
export const GAPS = 'numbering_gaps'
const CHUNK = 5000

/** Tables that nothing is ever taken out of, so that their numbers have no gaps. */
const NUMBERED = new Set(['change', 'change_tx', ...MANIFEST.map(({ name }) => name)])

/** Takes salvaged rows into a new book, and counts them. */
export class Sink {
  holes = 0
  /** Rows that may be of an older page, by table. */
  readonly uncertain = new Map<string, Set<number>>()
  /** meta of the damaged book. */
  readonly meta = new Map<string, string>()
  fromLog: ReadonlyMap<string, number> = new Map()
  readonly #db: Db
  readonly #numbered: readonly TableShape[]
  readonly #highest = new Map<string, number>()
  /** What was read of the log itself, before anything was added to it. */
  readonly #log = new Map<string, { saved: number; lost: number }>()
  readonly #inserts = new Map<string, string>()
  #open = 0

  constructor(db: Db, shapes: readonly TableShape[]) {
    this.#db = db
    this.#numbered = shapes.filter(({ name }) => NUMBERED.has(name))
    for (const { name } of shapes) this.uncertain.set(name, new Set())
  }

  add(shape: TableShape, row: Row, certain: boolean): void {
    if (shape.name === 'meta') return void this.meta.set(String(row['key']), String(row['value']))
    if (this.#open === 0) this.#db.raw.exec('BEGIN')
    const { changes } = this.#db.prepare(this.#sql(shape, row)).run(...Object.values(row))
    if (changes > 0 && shape.rowid >= 0) {
      const number = row[keyOf(shape)] as number
      this.#raise(shape.name, number)
      if (!certain) this.uncertain.get(shape.name)!.add(number)
    }
    if (++this.#open >= CHUNK) this.commit()
  }

  /** The first of two rows with one number or id stays: those along the tree come before those found beside it. */
  #sql(shape: TableShape, row: Row): string {
    const columns = Object.keys(row)
    const key = `${shape.name} ${columns.length}`
    let sql = this.#inserts.get(key)
    if (!sql) {
      const names = columns.map((c) => `"${c}"`).join(', ')
      sql = `INSERT OR IGNORE INTO "${shape.name}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`
      this.#inserts.set(key, sql)
    }
    return sql
  }

  #raise(table: string, number: number): void {
    if (number > (this.#highest.get(table) ?? 0)) this.#highest.set(table, number)
  }

  hole(shape: TableShape, upTo: number | null): void {
    this.holes++
    if (upTo !== null && shape.rowid >= 0) this.#raise(shape.name, upTo)
  }

  commit(): void {
    if (this.#open > 0) this.#db.raw.exec('COMMIT')
    this.#open = 0
  }

  /** Before anything is added to the log: what of it is missing, and which rows it speaks of. */
  countLog(): void {
    for (const { id, name } of MANIFEST)
      this.#raise(name, this.#number('SELECT max(row) AS n FROM change WHERE tbl = ?', id))
    this.#raise('change_tx', this.#number('SELECT max(tx) AS n FROM change'))
    for (const shape of this.#numbered) {
      if (!shape.name.startsWith('change')) continue
      this.#log.set(shape.name, { saved: this.#rows(shape.name), lost: this.#missing(shape) })
    }
  }

  countOf(shape: TableShape): SalvagedTable {
    const lost = this.#numbered.includes(shape) ? this.#missing(shape) : 0
    const counted = this.#log.get(shape.name) ?? { saved: this.#rows(shape.name), lost }
    return { table: shape.name, from_log: this.fromLog.get(shape.name) ?? 0, ...counted }
  }

  /** Numbers that nothing stands under, before and now. */
  #missing({ name }: TableShape): number {
    return Math.max(0, (this.#highest.get(name) ?? 0) - this.#gapsBefore(name) - this.#rows(name))
  }

  #gapsBefore(table: string): number {
    try {
      const gaps = JSON.parse(this.meta.get(GAPS) ?? '{}') as Record<string, unknown>
      return typeof gaps[table] === 'number' ? gaps[table] : 0
    } catch {
      return 0
    }
  }

  #rows(table: string): number {
    return this.#number(`SELECT count(*) AS n FROM "${table}"`)
  }

  gaps(): Record<string, number> {
    const gaps = this.#numbered.map((shape): [string, number] => {
      const n = this.#number(`SELECT coalesce(max("${keyOf(shape)}"), 0) - count(*) AS n FROM "${shape.name}"`)
      return [shape.name, n]
    })
    return Object.fromEntries(gaps.filter(([, n]) => n > 0))
  }

  #number(sql: string, ...values: unknown[]): number {
    return (this.#db.raw.prepare(sql).get(...values) as { n: number | null }).n ?? 0
  }
}

const keyOf = (shape: TableShape) => shape.columns[shape.rowid]!.name
