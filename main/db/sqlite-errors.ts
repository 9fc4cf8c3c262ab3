import type { Trouble } from '../../shared/contract/system.ts'
import { fail } from '../rpc/errors.ts'
import { TroubleError } from './trouble.ts'

/** The extended code of an error SQLite raised ('SQLITE_FULL'), or of a file operation ('ENOSPC'); '' for anything else. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? code : ''
}

// When a disk is full SQLite does not always say SQLITE_FULL: growing the -shm file or a sync can be what fails first.
const FULL =
  /^(SQLITE_FULL|SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE|SHMSIZE|SHMOPEN|SHMMAP)|ENOSPC|EDQUOT|DISK_FULL)$/
const DAMAGED = /^(SQLITE_CORRUPT|SQLITE_NOTADB|DATABASE_DAMAGED$)/
// A read that failed: at opening that may be a loose cable as well; while working nothing more must be written.
const UNREADABLE = /^SQLITE_IOERR/
const READ_ONLY = /^(SQLITE_READONLY|SQLITE_PERM|EROFS|EACCES|EPERM|READ_ONLY$)/
const BUSY = /^(SQLITE_BUSY|SQLITE_LOCKED|SQLITE_PROTOCOL|DATABASE_BUSY$)/

/** Throws what the contract names for a failure of the file underneath, and anything else as it is. */
export function rethrow(error: unknown): never {
  const code = errorCode(error)
  if (FULL.test(code)) fail('DISK_FULL')
  if (READ_ONLY.test(code)) fail('READ_ONLY')
  if (BUSY.test(code)) fail('DATABASE_BUSY')
  if (DAMAGED.test(code) || UNREADABLE.test(code)) fail('DATABASE_DAMAGED')
  throw error
}

/**
 * The trouble for a failure while the book is being opened, also for one that `rethrow` has named already. `otherwise` when the error says
 * nothing about the file: never DAMAGED, as a sound book called damaged makes its owner go back to an old copy.
 */
export function toTrouble(error: unknown, path: string, otherwise: Exclude<Trouble['code'], 'DAMAGED'>): TroubleError {
  if (error instanceof TroubleError) return error
  const code = errorCode(error)
  const detail = error instanceof Error ? `${code} ${error.message}`.trim() : String(error)
  const of = (name: Trouble['code']) => new TroubleError(name, path, detail)
  if (FULL.test(code)) return of('DISK_FULL')
  if (code === 'SQLITE_NOTADB') return of('NOT_A_DATABASE')
  if (READ_ONLY.test(code)) return of('FOLDER_READ_ONLY')
  if (BUSY.test(code)) return of('LOCKED')
  if (code === 'ENOENT') return of('FOLDER_MISSING')
  if (DAMAGED.test(code)) return of('DAMAGED')
  return of(otherwise)
}
