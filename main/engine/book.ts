import { rmSync } from 'node:fs'
import { SEARCH_VERSION } from '../../shared/domain/search-tokens.ts'
import { SORT_VERSION } from '../../shared/domain/sort-key.ts'
import { finishSwap, preparedFile, swapIn } from '../db/backup-swap.ts'
import { markInterrupted } from '../db/batch.ts'
import { closeUntouched, knownDamage, refuseEmptied } from '../db/damaged.ts'
import { type Owned, takeFolder } from '../db/folder.ts'
import { markDerived, migrate, readMeta, setMeta } from '../db/migrate.ts'
import { type Db, openDb } from '../db/open.ts'
import { copyPaced } from '../db/sync-disk.ts'
import { TroubleError } from '../db/trouble.ts'
import type { Ctx } from './context.ts'

/** An open data folder: ours alone, migrated, with derived data of this version. */
export interface Book {
  db: Db
  owned: Owned
  schema: number
  /** The process that had it last did not close it, or another file was found damaged here: worth a look at this one. */
  unclean: boolean
}

export interface OpenBookOptions {
  now: number
  /** Makes missing parents too; only for the folder nobody chose by hand. */
  createParents?: boolean
  /** The folder, when this process has it already. */
  owned?: Owned | undefined
  makeCtx(db: Db): Ctx
}

/** Throws TroubleError; nothing stays open or locked then. A swap that was cut off is finished first (main/db/backup-swap.ts). */
export function openBook(folder: string, options: OpenBookOptions): Book {
  const owned = options.owned ?? takeFolder(folder, options.now, { createParents: options.createParents ?? false })
  let db: Db | undefined
  let before: string | null = null
  try {
    finishSwap(owned.folder)
    refuseEmptied(owned.folder, owned.file)
    const known = knownDamage(owned.folder, owned.file)
    if (known && known !== 'another') throw new TroubleError('DAMAGED', owned.file, known.words)
    db = openDb(owned.file)
    const versions = { search: SEARCH_VERSION, sort: SORT_VERSION }
    const { from, to, backup, rederive } = migrate(db, { versions, now: options.now })
    before = backup
    if (rederive) {
      if (from > 0) {
        const ctx = options.makeCtx(db)
        for (const module of ctx.modules) module.rederiveAll?.(ctx)
      }
      markDerived(db, versions)
    }
    // Whatever says «running» now was cut off: it can be resumed or taken back.
    if (from > 0) markInterrupted(options.makeCtx(db))
    const unclean = known !== null || readMeta(db, 'clean_shutdown') === '0'
    setMeta(db, 'clean_shutdown', '0')
    return { db, owned, schema: to, unclean }
  } catch (error) {
    // Whatever it was, what is in the -wal stays there until somebody has looked at it.
    if (db) closeUntouched(db)
    if (before) putBack(owned.folder, before, options.now)
    owned.release()
    throw error
  }
}

/** This version could not get started with the book it has just migrated: the version before shall find it as it left it. */
function putBack(folder: string, copy: string, now: number): void {
  try {
    copyPaced(copy, preparedFile(folder), { stopped: () => false, progress() {} })
    const kept = swapIn(folder, now)
    // All that was in it is in the copy, which stays.
    if (kept) rmSync(kept, { recursive: true, force: true })
  } catch {
    // A full disk: the migrated book stays, and the next start tries the rest again.
  }
}

/**
 * Everything in one file again, the mark that it ended well, the folder free for the next. On a full disk neither can be written: gives that
 * error instead of throwing it, so that it does not stand in for the one the caller is about to tell. All that was saved is safe in the -wal
 * file, and the next start looks at the book.
 */
export function closeBook(book: Book): unknown {
  try {
    return closeFile(book)
  } finally {
    book.owned.release()
  }
}

/** Without the mark that it ended well: somebody was still looking at the file, and the next start shall. */
export function closeUnsure({ db, owned }: Book): void {
  closeUntouched(db)
  owned.release()
}

/** As closeBook, and the folder stays ours. */
export function closeFile(book: Book): unknown {
  try {
    book.db.dismiss()
    book.db.raw.pragma('query_only = OFF')
    setMeta(book.db, 'clean_shutdown', '1')
    book.db.raw.pragma('wal_checkpoint(TRUNCATE)')
    return null
  } catch (error) {
    return error
  } finally {
    book.db.close()
  }
}
