import Database from 'better-sqlite3'
import { Db, type Statement } from '../../../main/db/open.ts'
import { MANIFEST } from '../../../shared/sync/manifest.ts'
import { testCtx } from '../../support/ctx.ts'

/** All rows of a book that are not as in an empty one, by table. */
export type Copy = Readonly<Record<string, readonly (readonly unknown[])[]>>

/** A book in memory whose disk can refuse, and whose process can die around each commit. */
export class SimBook extends Db {
  /** Called before BEGIN and COMMIT, after COMMIT, and before statements that write are made: throws what happens there. */
  hook: ((statement: string) => void) | null = null
  readonly #around = new Map<string, Statement>()

  override prepare(sql: string): Statement {
    if (sql === 'BEGIN IMMEDIATE' || sql === 'COMMIT') return this.#hooked(sql)
    if (this.hook && /^\s*(INSERT|UPDATE|DELETE)/.test(sql)) this.hook('write')
    return super.prepare(sql)
  }

  #hooked(sql: string): Statement {
    let held = this.#around.get(sql)
    if (!held) {
      const inner = super.prepare(sql)
      const run = () => {
        this.hook?.(sql)
        const done = inner.run()
        this.hook?.(`after ${sql}`)
        return done
      }
      held = { run } as unknown as Statement
      this.#around.set(sql, held)
    }
    return held
  }
}

/** Books are kept between seeds and emptied: opening one and preparing its statements takes longer than a whole seed. */
export interface Shelf {
  take(): SimBook
  giveBack(book: SimBook): void
  copy(book: SimBook): Copy
  fill(book: SimBook, copy: Copy): void
}

export async function shelf(): Promise<Shelf> {
  const ctx = await testCtx({ user: null, modules: [] })
  ctx.db.raw.pragma('journal_mode = DELETE')
  const bytes = ctx.db.raw.serialize()
  const tables = tablesOf(ctx.db)
  const empty = copyOf(ctx.db, tables)
  ctx.close()
  const free: SimBook[] = []
  const fill = (book: SimBook, copy: Copy) => {
    const { raw } = book
    raw.exec('BEGIN; UPDATE change_context SET tx = 0, capture = 2')
    for (const name of tables) {
      const rows = copy[name] ?? []
      book.remember(keyFor(name), () => raw.prepare(`DELETE FROM "${name}"`)).run()
      for (const row of rows)
        book
          .remember(keyFor(`+${name}`), () => raw.prepare(`INSERT INTO "${name}" VALUES (${row.map(() => '?')})`))
          .run(...row)
    }
    raw.exec('UPDATE change_context SET tx = NULL, capture = 1; COMMIT')
  }
  const keys = new Map<string, object>()
  const keyFor = (name: string) => {
    if (!keys.has(name)) keys.set(name, {})
    return keys.get(name)!
  }
  return {
    take() {
      const kept = free.pop()
      if (kept) {
        fill(kept, empty)
        return kept
      }
      const raw = new Database(bytes)
      raw.pragma('foreign_keys = ON')
      raw.pragma('recursive_triggers = ON')
      return new SimBook(raw, ':memory:')
    },
    giveBack(book) {
      book.hook = null
      free.push(book)
    },
    copy: (book) => copyOf(book, tables),
    fill,
  }
}

/** Of meta, the log, what is synced and sync itself: nothing else is written here, for no module is in these books. */
function tablesOf(db: Db): string[] {
  const synced = new Set(MANIFEST.map((t) => t.name))
  const all = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  return all.map((t) => t.name).filter((name) => /^(meta|change|change_tx|sync_\w+)$/.test(name) || synced.has(name))
}

function copyOf(db: Db, tables: readonly string[]): Copy {
  const out: Record<string, unknown[][]> = {}
  for (const name of tables) {
    const rows = db.prepare(`SELECT * FROM "${name}"`).all() as Record<string, unknown>[]
    if (rows.length > 0) out[name] = rows.map((row) => Object.values(row))
  }
  return out
}
