import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { toTrouble } from './sqlite-errors.ts'
import { TroubleError } from './trouble.ts'

/** 'DFTR' in the header of the file: tells our book from any other SQLite database. */
export const APPLICATION_ID = 0x44465452

export type Statement = Database.Statement<unknown[]>

/** Statements kept ready per connection. Lists build their SQL from filters, so the number of texts has no natural end. */
const STATEMENTS = 500

/** Of a connection: bytes of the file that are mapped, and bytes of pages kept. */
const ROOM = {
  ordinary: { mapped: 64 * 2 ** 20, cached: 64 * 2 ** 20 },
  batch: { mapped: 0, cached: 32 * 2 ** 20 },
}

/** One connection to a book. Made by openDb; its statements and lookups live and die with it. */
export class Db {
  readonly raw: Database.Database
  readonly file: string
  readonly #statements = new Map<string, Statement>()
  readonly #shapes = new Map<object, unknown>()
  #orm: BetterSQLite3Database | undefined
  #leaving: Array<() => void> = []

  constructor(raw: Database.Database, file: string) {
    this.raw = raw
    this.file = file
  }

  /** The same text gives the same prepared statement; `.raw()`, `.pluck()` would change it for everyone, so ask for columns instead. */
  prepare(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= STATEMENTS) {
      const oldest = this.#statements.keys().next().value
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    const statement = this.raw.prepare<unknown[]>(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  /** What is known about `key` (a table) on this connection, made on first use. */
  remember<T>(key: object, make: () => T): T {
    let known = this.#shapes.get(key) as T | undefined
    if (known === undefined) {
      known = make()
      this.#shapes.set(key, known)
    }
    return known
  }

  /** A batch goes all over the file, beside threads that read and check its rows: with less room here the process stays under 400 MB, and is no slower. */
  makeRoom(work: keyof typeof ROOM): void {
    const { mapped, cached } = ROOM[work]
    this.raw.pragma(`cache_size = -${cached / 1024}`)
    this.raw.pragma(`mmap_size = ${mapped}`)
  }

  get orm(): BetterSQLite3Database {
    this.#orm ??= drizzle(this.raw)
    return this.#orm
  }

  /** Whoever has another connection to the file for this one's sake closes it in `leave`. */
  beforeClose(leave: () => void): void {
    this.#leaving.push(leave)
  }

  /** Has all of them close theirs now. */
  dismiss(): void {
    const leaving = this.#leaving
    this.#leaving = []
    for (const leave of leaving) leave()
  }

  close(): void {
    this.dismiss()
    this.#statements.clear()
    this.raw.close()
  }
}

export interface OpenOptions {
  readonly?: boolean
}

/**
 * Opens (or makes) the file of a book and sets the pragmas. Throws TroubleError. The schema is migrate()'s work.
 *
 * Memory: mapped pages count as resident, and the engine must stay under 300 MB with a million customers (a book of about 1.5 GB), so the
 * map covers the first 64 MB only and the page cache holds another 64 MB; the rest comes from the operating system's own cache.
 */
export function openDb(file: string, options: OpenOptions = {}): Db {
  const folder = dirname(file)
  if (file !== ':memory:') {
    if (!existsSync(folder)) throw new TroubleError('FOLDER_MISSING', folder, 'no such folder')
    if (existsSync(file) && !statSync(file).isFile()) throw new TroubleError('NOT_A_DATABASE', file, 'not a file')
    if (!options.readonly) checkWritable(folder, file)
  }
  let raw: Database.Database | undefined
  try {
    raw = new Database(file, { readonly: options.readonly ?? false, timeout: 5000 })
    // The first read: says NOTADB for a foreign file before anything is written to it.
    const id = raw.pragma('application_id', { simple: true }) as number
    const empty = raw.prepare('SELECT count(*) AS n FROM sqlite_schema').get() as { n: number }
    if (empty.n > 0 && id !== APPLICATION_ID) throw new TroubleError('NOT_A_DATABASE', file, `application_id ${id}`)
    if (!options.readonly) {
      raw.pragma('journal_mode = WAL')
      // FULL: a commit that was answered survives a power cut (NORMAL drops the last ones in WAL mode).
      raw.pragma('synchronous = FULL')
      raw.pragma('journal_size_limit = 67108864')
    }
    raw.pragma('foreign_keys = ON')
    raw.pragma('recursive_triggers = ON')
    raw.pragma('trusted_schema = OFF')
    raw.pragma('busy_timeout = 5000')
    raw.pragma('temp_store = MEMORY')
    const db = new Db(raw, file)
    db.makeRoom('ordinary')
    return db
  } catch (error) {
    raw?.close()
    throw toTrouble(error, file, 'OPEN_FAILED')
  }
}

function checkWritable(folder: string, file: string): void {
  try {
    accessSync(folder, constants.W_OK)
    if (existsSync(file)) accessSync(file, constants.W_OK)
  } catch (error) {
    throw toTrouble(error, folder, 'FOLDER_READ_ONLY')
  }
}
