import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { errorCode, toTrouble } from './sqlite-errors.ts'
import { type FolderOwner, TroubleError } from './trouble.ts'

/** Where the book of this person is when nobody says otherwise. */
export function defaultFolder(platform = process.platform, env = process.env, home = homedir()): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Daftar')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Daftar')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'Daftar')
}

/** A data folder that belongs to this process until release(). */
export interface Owned {
  folder: string
  /** The book. */
  file: string
  /** Leaves word where the engine listens, for the command line and a second start. The lock file is readable by this user only. */
  announce(at: { address: string; token?: string }): void
  release(): void
}

const LOCK = 'daftar.lock'
const HELD = 'daftar.held'

/**
 * Makes this process the only owner of a data folder; throws TroubleError LOCKED (with the owner's address), FOLDER_MISSING,
 * FOLDER_READ_ONLY. The folder is made when only its last part is missing; a missing parent (an unplugged drive) is never made.
 *
 * What holds is a lock of the operating system on `daftar.held`, which ends with its process however that dies: there are no stale
 * locks, and a process that got the number of a dead one does not count. `daftar.lock` beside it only tells who the owner is.
 */
export function takeFolder(folder: string, now: number, options: { createParents?: boolean } = {}): Owned {
  const dir = resolve(folder)
  makeFolder(dir, options.createParents ?? false)
  const path = join(dir, LOCK)
  const held = hold(dir, path)
  const owner: FolderOwner = { pid: process.pid, startedAt: now }
  try {
    tell(path, owner)
  } catch (error) {
    held.close()
    throw toTrouble(error, dir, 'FOLDER_READ_ONLY')
  }
  return {
    folder: dir,
    file: join(dir, 'daftar.db'),
    announce: (at) => tell(path, { ...owner, ...at }),
    release() {
      if (!held.open) return
      // Word first, lock last: in between, another process finds a held folder without a name, never a free one with ours.
      rmSync(path, { force: true })
      held.close()
    },
  }
}

/** Who holds the folder now, by its own word; null when nobody left word. Does not say whether that process lives: takeFolder does. */
export function readOwner(folder: string): FolderOwner | null {
  try {
    const owner = JSON.parse(readFileSync(join(folder, LOCK), 'utf8')) as FolderOwner
    return typeof owner === 'object' && owner !== null && Number.isInteger(owner.pid) ? owner : null
  } catch {
    return null
  }
}

function makeFolder(dir: string, createParents: boolean): void {
  try {
    if (existsSync(dir)) {
      if (!statSync(dir).isDirectory()) throw new TroubleError('FOLDER_MISSING', dir, 'not a folder')
      return
    }
    if (!createParents && !existsSync(dirname(dir))) throw new TroubleError('FOLDER_MISSING', dir, 'no parent folder')
    mkdirSync(dir, { recursive: createParents, mode: 0o700 })
  } catch (error) {
    throw toTrouble(error, dir, 'FOLDER_MISSING')
  }
}

function hold(dir: string, path: string): Database.Database {
  let held: Database.Database | undefined
  try {
    held = new Database(join(dir, HELD), { timeout: 0 })
    held.pragma('journal_mode = MEMORY')
    held.exec('BEGIN EXCLUSIVE')
    return held
  } catch (error) {
    held?.close()
    if (!errorCode(error).startsWith('SQLITE_BUSY')) throw toTrouble(error, dir, 'FOLDER_READ_ONLY')
    throw new TroubleError('LOCKED', dir, path, readOwner(dir))
  }
}

/** By rename, so that a reader never sees half a word. */
function tell(path: string, owner: FolderOwner): void {
  const part = `${path}.${process.pid}`
  try {
    writeFileSync(part, JSON.stringify(owner), { mode: 0o600 })
    chmodSync(part, 0o600)
    renameSync(part, path)
  } catch (error) {
    // A full disk gives an empty file; each try would leave one.
    rmSync(part, { force: true })
    throw error
  }
}
