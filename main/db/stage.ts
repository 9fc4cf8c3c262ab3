import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Db, Statement } from './open.ts'

/**
 * Rows worked out beforehand, in a database of their own: one thread makes it, the engine attaches it and takes the rows over by
 * INSERT … SELECT, so that nothing but SQLite itself keeps the engine busy. It is made again rather than mended, so nothing of it is synced to the disk.
 */
export function makeStage(file: string, schema: readonly string[], fill: (db: Database.Database) => void): void {
  // A run that was killed may have left one.
  rmSync(file, { force: true })
  const db = new Database(file)
  try {
    db.pragma('journal_mode = OFF')
    db.pragma('synchronous = OFF')
    db.pragma('locking_mode = EXCLUSIVE')
    for (const sql of schema) db.exec(sql)
    db.exec('BEGIN')
    fill(db)
    db.exec('COMMIT')
  } finally {
    db.close()
  }
}

/** Rows put into one statement: each run of a statement costs as much as several of its rows. */
const BLOCK = 25

/** Fills a table of a stage; call end() when no more come. A column `n` is left to SQLite, which counts from 1. */
export class StageTable {
  readonly #db: Database.Database
  readonly #table: string
  readonly #columns: readonly string[]
  /** By rows and columns. */
  readonly #inserts = new Map<string, Statement>()
  #waiting: Array<readonly unknown[]> = []
  /** Rows added so far. */
  size = 0
  /** Columns that are not NULL in every row. */
  readonly filled = new Set<string>()

  constructor(db: Database.Database, table: string) {
    this.#db = db
    this.#table = table
    const columns = (db.pragma(`table_info(${table})`) as Array<{ name: string }>).map(({ name }) => name)
    this.#columns = columns.filter((name) => name !== 'n')
  }

  /** @param values of all columns but `n`, in their order */
  add(values: readonly unknown[]): void {
    this.#waiting.push(values)
    this.size++
    if (this.#waiting.length === BLOCK) this.end()
  }

  end(): void {
    const rows = this.#waiting
    if (rows.length === 0) return
    // Most columns are empty in every row of most files.
    const used = this.#columns.flatMap((_, i) => (rows.some((row) => row[i] !== null) ? [i] : []))
    const bound: unknown[] = []
    for (const row of rows) for (const i of used) bound.push(row[i])
    this.#insert(rows.length, used).run(bound)
    this.#waiting = []
  }

  #insert(rows: number, used: readonly number[]): Statement {
    const key = `${rows} ${used.join()}`
    let insert = this.#inserts.get(key)
    if (!insert) {
      const places = `(${used.map(() => '?').join()})`
      for (const i of used) this.filled.add(this.#columns[i]!)
      const columns = used.map((i) => `"${this.#columns[i]}"`).join()
      const all = Array.from({ length: rows }, () => places).join()
      insert = this.#db.prepare<unknown[]>(`INSERT INTO ${this.#table} (${columns}) VALUES ${all}`)
      this.#inserts.set(key, insert)
    }
    return insert
  }
}

/** A stage beside the book on one connection. Not to be opened or closed within a transaction. */
export class Stage {
  readonly #db: Db
  readonly #name: string
  readonly #statements = new Map<string, Statement>()

  constructor(db: Db, file: string) {
    this.#db = db
    const attached = (db.raw.pragma('database_list') as Array<{ name: string }>).map(({ name }) => name)
    let number = 1
    while (attached.includes(`stage${number}`)) number++
    this.#name = `stage${number}`
    db.raw.prepare(`ATTACH DATABASE ? AS ${this.#name}`).run(file)
    // Nobody writes it any more; otherwise each commit of the book would want a journal for both.
    db.raw.pragma(`${this.#name}.journal_mode = OFF`)
    db.raw.pragma(`${this.#name}.synchronous = OFF`)
  }

  /** Tables of the stage are called `stage.…` in it. */
  prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#db.raw.prepare<unknown[]>(sql.replace(/\bstage\./g, `${this.#name}.`))
      this.#statements.set(sql, statement)
    }
    return statement
  }

  close(): void {
    this.#statements.clear()
    if (this.#db.raw.open) this.#db.raw.exec(`DETACH DATABASE ${this.#name}`)
  }
}
