import { randomBytes } from 'node:crypto'
import { prepareBook } from '../../db/backup-prepare.ts'
import { swapIn } from '../../db/backup-swap.ts'
import { takeFolder } from '../../db/folder.ts'
import { newestSchema } from '../../db/migrate.ts'
import { refuseCopy } from './restore.ts'

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
      prepareBook({ copy, folder: owned.folder, now, site, schema: newestSchema() }, quiet)
    } catch (error) {
      refuseCopy(error)
    }
    return swapIn(owned.folder, now)
  } finally {
    owned.release()
  }
}
