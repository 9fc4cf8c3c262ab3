import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type PrepareInput, prepareBook } from '../../db/backup-prepare.ts'
import { swapIn } from '../../db/backup-swap.ts'
import { takeFolder } from '../../db/folder.ts'
import { newestSchema, readMeta } from '../../db/migrate.ts'
import { type Db, openDb } from '../../db/open.ts'
import { connectionOf } from '../../sync/carry.ts'
import { refuseCopy } from './restore.ts'

/**
 * What can be read of a book that does not open (a newer version's, a torn page elsewhere): a copy from before sync was turned on is connected as
 * the book was, and stamps never go back.
 */
function whatIsKnown(folder: string): Pick<PrepareInput, 'hlc' | 'connection'> {
  let db: Db | undefined
  try {
    db = openDb(join(folder, 'daftar.db'), { readonly: true })
    return { hlc: Number(readMeta(db, 'hlc') ?? 0), connection: connectionOf(db) }
  } catch {
    return {}
  } finally {
    db?.close()
  }
}

/**
 * Puts a copy in the place of a book that is not there or does not open, for the command line: nothing to back up first, so what is there is
 * kept as it is, with its -wal. Gives the folder it is kept in. Throws TroubleError LOCKED …, BAD_COPY.
 */
export function restoreAlone(folder: string, copy: string, now: number, createParents: boolean): string | null {
  const owned = takeFolder(folder, now, { createParents })
  try {
    const site = randomBytes(8).toString('hex')
    const quiet = { stopped: () => false, progress() {} }
    try {
      const input = { copy, folder: owned.folder, now, site, schema: newestSchema(), ...whatIsKnown(owned.folder) }
      prepareBook(input, quiet)
    } catch (error) {
      refuseCopy(error)
    }
    return swapIn(owned.folder, now)
  } finally {
    owned.release()
  }
}
