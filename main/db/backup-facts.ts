import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { REASONS, type Reason } from './backup-name.ts'
import { type Db, openDb } from './open.ts'
import { TroubleError } from './trouble.ts'

/** What is known of a copy without walking through it. Counts are rows by table, deleted ones too. */
export interface CopyFacts {
  /** Epoch ms of the copy; of a file that Daftar did not stamp, of its last change. */
  at: number
  /** null: not stamped, so nobody knows whether it was ever checked. */
  reason: Reason | null
  /** meta.device: which book this is. */
  book: string
  /** meta.site: which life of the book; a restore begins a new one. */
  site: string
  schema: number
  /** Customers and notes that are not deleted. */
  customers: number
  activities: number
  /** Last numbers in the change log. */
  tx: number
  seq: number
  /** Rows of every table; empty when not stamped. */
  counts: Record<string, number>
}

/** Row `backup` of meta in a copy: written before it gets its name, compared when it is verified. */
export type Stamp = Pick<CopyFacts, 'at' | 'customers' | 'activities' | 'tx' | 'seq' | 'counts'> & { reason: Reason }
export const STAMP = 'backup'

/** Tables with rows of their own; what FTS keeps beneath it included. */
export function tablesOf(raw: Database.Database): string[] {
  return raw
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
    .pluck()
    .all() as string[]
}

const count = (raw: Database.Database, from: string) =>
  raw.prepare(`SELECT count(*) FROM ${from}`).pluck().get() as number

/** Rows of every table but meta, which the stamp itself changes. */
export function countTables(raw: Database.Database): Record<string, number> {
  return Object.fromEntries(
    tablesOf(raw)
      .filter((name) => name !== 'meta')
      .map((name) => [name, count(raw, `"${name}"`)]),
  )
}

/** What a stamp says about the rows, but for the counts of all tables; inside one read transaction it is one moment. */
export function sumUp(raw: Database.Database): Pick<Stamp, 'customers' | 'activities' | 'tx' | 'seq'> {
  return {
    customers: count(raw, 'party WHERE deleted = 0'),
    activities: count(raw, 'activity WHERE deleted = 0'),
    tx: raw.prepare('SELECT coalesce(max(tx), 0) FROM change_tx').pluck().get() as number,
    seq: raw.prepare('SELECT coalesce(max(seq), 0) FROM change').pluck().get() as number,
  }
}

/**
 * Facts of a copy, in about a millisecond when it is stamped. Opens it read-only; a copy that Daftar made is no WAL database, so not even
 * a file beside it appears. Throws TroubleError DAMAGED (also when its end is missing), NOT_A_DATABASE, FOLDER_MISSING …
 */
export function readFacts(path: string): CopyFacts {
  const db = openCopy(path)
  try {
    const meta = (key: string) =>
      (db.raw.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) as string | undefined) ?? ''
    const known = readStamp(meta(STAMP))
    return {
      ...(known ?? { ...sumUp(db.raw), at: lastChange(db.raw) ?? Math.round(statSync(path).mtimeMs), counts: {} }),
      reason: known?.reason ?? null,
      book: meta('device'),
      site: meta('site'),
      schema: db.raw.pragma('user_version', { simple: true }) as number,
    }
  } catch (error) {
    throw unreadable(error, path)
  } finally {
    db.close()
  }
}

/** A copy for reading; throws TroubleError DAMAGED when the file is not as long as its header says. */
export function openCopy(path: string): Db {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size
  if (bytes === undefined) throw new TroubleError('FOLDER_MISSING', path, 'no such file')
  if (bytes === 0) throw new TroubleError('NOT_A_DATABASE', path, 'empty')
  const db = openDb(path, { readonly: true })
  try {
    const [pages, size] = ['page_count', 'page_size'].map((name) => db.raw.pragma(name, { simple: true }) as number)
    // What is still in a -wal beside it may be longer than the file.
    if (pages! * size! > bytes && !statSync(`${path}-wal`, { throwIfNoEntry: false })?.size)
      throw new TroubleError('DAMAGED', path, `${bytes} bytes of ${pages! * size!}`)
    return db
  } catch (error) {
    db.close()
    throw unreadable(error, path)
  }
}

function lastChange(raw: Database.Database): number | null {
  return raw.prepare('SELECT at FROM change_tx ORDER BY tx DESC LIMIT 1').pluck().get() as number | null
}

function unreadable(error: unknown, path: string): unknown {
  if (error instanceof TroubleError) return error
  const code = (error as { code?: string }).code ?? ''
  if (code === 'SQLITE_NOTADB') return new TroubleError('NOT_A_DATABASE', path, String(error))
  // A book without its tables was torn as well.
  if (/^SQLITE_(CORRUPT|ERROR$)/.test(code)) return new TroubleError('DAMAGED', path, String(error))
  return error
}

function readStamp(text: string): Stamp | null {
  try {
    const stamp = JSON.parse(text) as Stamp
    return Number.isInteger(stamp.at) && REASONS.includes(stamp.reason) ? stamp : null
  } catch {
    return null
  }
}
