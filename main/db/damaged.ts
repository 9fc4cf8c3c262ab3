import { closeSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { copiesFor } from './backup-folders.ts'
import type { Db } from './open.ts'
import { writeWhole } from './sync-disk.ts'
import { TroubleError } from './trouble.ts'

/** Stands in the schema of every book, and in no letter. */
const OURS = Buffer.from('CREATE TABLE change_context', 'latin1')
const PIECE = 1 << 20

/**
 * A file that SQLite takes for no database at all, or for somebody else's: is it a book whose first page is gone, or has something else been
 * written over a book of which there are copies?
 */
export function wasBook(folder: string, file: string): boolean {
  return ['', '-wal'].some((end) => holds(file + end)) || copiesFor(folder).some(({ facts }) => facts !== null)
}

function holds(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
  const fd = openSync(path, 'r')
  try {
    const piece = Buffer.alloc(PIECE + OURS.length)
    for (let at = 0; ; at += PIECE) {
      const length = readSync(fd, piece, 0, piece.length, at)
      if (piece.subarray(0, length).includes(OURS)) return true
      if (length < piece.length) return false
    }
  } finally {
    closeSync(fd)
  }
}

/**
 * A power cut can leave a file with nothing in it, which SQLite would take for a new book. Throws TroubleError DAMAGED when there are copies
 * of one: then there was one.
 */
export function refuseEmptied(folder: string, file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.size !== 0) return
  if (copiesFor(folder).length > 0) throw new TroubleError('DAMAGED', file, 'an empty file')
}

/**
 * Closes a damaged book and leaves its -wal where it is: the last connection that can write would fold it into the file as it goes. One that only
 * reads goes last here.
 */
export function closeUntouched(db: Db): void {
  let last: Database.Database | undefined
  try {
    last = new Database(db.file, { readonly: true, fileMustExist: true })
    last.prepare('SELECT count(*) FROM sqlite_schema').get()
  } catch {
    // Then there is nothing that could be read from it, or folded into it.
  }
  db.close()
  last?.close()
}

/** Whether an error, or what was told of one in another thread, says that a file is torn. */
export const tellsOfDamage = (words: string): boolean =>
  /\b(DATABASE_)?DAMAGED\b|NOT_A_DATABASE|SQLITE_(CORRUPT|NOTADB)|malformed/.test(words)

/** What was found in a book, and which file that was: a clean end and a new start do not make it whole. */
interface Found {
  bytes: number
  /** Epoch ms. */
  changed: number
  words: string
}

const markOf = (folder: string) => join(folder, 'daftar.damaged')

const lookOf = (file: string) => {
  const { size = 0, mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {}
  return { bytes: size, changed: Math.round(mtimeMs) }
}

/** Writes down beside a closed book what was found in it. */
export function rememberDamage(folder: string, file: string, words: string): void {
  writeWhole(markOf(folder), JSON.stringify({ ...lookOf(file), words } satisfies Found))
}

export function forgetDamage(folder: string): void {
  rmSync(markOf(folder), { force: true })
}

/** What was found in this very file; null when nothing was, 'another' when it has changed since: then it wants to be looked at. */
export function knownDamage(folder: string, file: string): Found | 'another' | null {
  let found: Found
  try {
    found = JSON.parse(readFileSync(markOf(folder), 'utf8')) as Found
  } catch {
    return null
  }
  const { bytes, changed } = lookOf(file)
  return found.bytes === bytes && found.changed === changed ? found : 'another'
}
