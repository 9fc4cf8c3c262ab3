import { existsSync, rmSync } from 'node:fs'
import type { Db } from './open.ts'
import { syncFile } from './sync-disk.ts'

/** Has somebody deleted or moved the file while it is open here? Windows does not let them. */
export const isFileGone = (db: Db): boolean => !existsSync(db.file)

/**
 * Writes all that the connection still holds to a new file, on the disk when it returns: what was deleted while open stays whole for this
 * process, and only until it ends. Throws as SQLite does (no room, no folder), and leaves nothing then.
 */
export function writeAnew(db: Db, into: string): void {
  rmSync(into, { force: true })
  try {
    db.raw.prepare('VACUUM INTO ?').run(into)
    syncFile(into)
  } catch (error) {
    rmSync(into, { force: true })
    throw error
  }
}
