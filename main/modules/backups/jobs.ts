import { accessSync, constants, existsSync, rmSync, statfsSync, statSync } from 'node:fs'
import type { FolderTrouble, MassChange } from '../../../shared/contract/backups.ts'
import { type CopyProgress, copyBook, copyCopy, type MadeCopy } from '../../db/backup-copy.ts'
import { type CopyFacts, openCopy, readFacts } from '../../db/backup-facts.ts'
import { type Copy, listCopies } from '../../db/backup-list.ts'
import type { Reason } from '../../db/backup-name.ts'
import { type PrepareInput, type PrepareProgress, prepareBook } from '../../db/backup-prepare.ts'
import { type VerifyProgress, verifyCopy } from '../../db/backup-verify.ts'
import { openDb } from '../../db/open.ts'
import { errorCode } from '../../db/sqlite-errors.ts'
import { TroubleError } from '../../db/trouble.ts'
import type { Job } from '../../engine/reader.ts'
import { findMassChange } from './mass-change.ts'
import type { Good } from './store.ts'
import { thin } from './thin.ts'

export interface BackupInput {
  /** The book. */
  file: string
  /** Where to, the surest first: the first copy that succeeds is what the others are given. */
  folders: string[]
  /** A copy that is still up to date, for folders that lack it: then the book is not copied again. */
  from: string | null
  at: number
  reason: Reason
  /** For the search for a mass change; null when there is no copy to hold against. */
  since: Good | null
  settled: number
  /** Copies up to then are not thinned. */
  frozen: number | null
}

export interface FolderResult {
  folder: string
  /** null: it failed with `trouble`. */
  made: MadeCopy | null
  trouble: FolderTrouble | null
  detail: string
  thinned: string[]
}

export interface BackupOutput {
  mass: MassChange | null
  results: FolderResult[]
}

/** Copies the book into folders, checks each copy, and thins what is there. A folder that fails does not keep the others from theirs. */
export const backupJob: Job<BackupInput, BackupOutput, CopyProgress & { folder: string }> = {
  name: 'backup',
  async run(input, call) {
    const mass = input.since ? massOf(input.file, input.since, input.at, input.settled) : null
    const frozen = input.frozen ?? mass?.before ?? null
    const results: FolderResult[] = []
    // Taken away meanwhile: then from the book.
    let from = input.from && existsSync(input.from) ? input.from : null
    for (const folder of input.folders) {
      const told = { stopped: call.stopped, progress: (value: CopyProgress) => call.progress({ ...value, folder }) }
      try {
        mustTake(folder, from ?? input.file)
        const made = from ? copyCopy(from, folder, input.at, told) : await copyBook({ ...input, folder }, told)
        from ??= made.path
        results.push({ folder, made, trouble: null, detail: '', thinned: thinFolder(folder, made, frozen) })
      } catch (error) {
        // What was made before counts.
        if (call.stopped()) break
        results.push({ folder, made: null, trouble: folderTrouble(error, folder), detail: String(error), thinned: [] })
      }
    }
    return { mass, results }
  },
}

function massOf(file: string, since: Good, at: number, settled: number): MassChange | null {
  const db = openDb(file, { readonly: true })
  try {
    return findMassChange(db, since, at, settled)
  } finally {
    db.close()
  }
}

/** Says early, and by its name, what copying would find out late. */
function mustTake(folder: string, source: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new TroubleError('FOLDER_MISSING', folder, 'absent')
  accessSync(folder, constants.W_OK)
  if (roomIn(folder) < statSync(source).size * 1.02) throw new TroubleError('DISK_FULL', folder, 'no room for a copy')
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** The copies may take half of what they and the free space are together; the one just made stays in any case. */
function thinFolder(folder: string, made: MadeCopy, frozen: number | null): string[] {
  const own = listCopies([folder]).flatMap(({ path, bytes, facts }) =>
    facts?.reason && facts.book === made.facts.book ? [{ path, bytes, at: facts.at, reason: facts.reason }] : [],
  )
  const bytes = own.reduce((sum, copy) => sum + copy.bytes, 0)
  const gone = thin(own, { room: (bytes + roomIn(folder)) / 2, frozen }).filter((path) => path !== made.path)
  return gone.filter((path) => {
    try {
      rmSync(path)
      return true
    } catch {
      // Write-protected by its owner, perhaps on purpose.
      return false
    }
  })
}

export function folderTrouble(error: unknown, folder: string): FolderTrouble {
  const code = error instanceof TroubleError ? error.trouble.code : errorCode(error)
  if (/^(DISK_FULL|ENOSPC|EDQUOT|SQLITE_FULL|EFBIG)$/.test(code)) return 'FULL'
  if (!existsSync(folder) || code === 'FOLDER_MISSING') return 'ABSENT'
  if (/^(FOLDER_READ_ONLY|EROFS|EACCES|EPERM|SQLITE_READONLY|SQLITE_CANTOPEN)/.test(code)) return 'READ_ONLY'
  return 'FAILED'
}

export const listJob: Job<{ folders: string[] }, Copy[]> = {
  name: 'backup-list',
  run: ({ folders }) => listCopies(folders),
}

export const verifyJob: Job<{ file: string }, null, VerifyProgress> = {
  name: 'backup-verify',
  run({ file }, call) {
    verifyCopy(file, call)
    return null
  },
}

/** What tells of the copy itself; another failure may be the place it lies in, where SQLite cannot open it though it can be copied from there. */
const OF_THE_COPY: readonly string[] = ['FOLDER_MISSING', 'DAMAGED', 'NOT_A_DATABASE', 'NEWER_DATABASE']

/** Throws for what can be seen without reading all of a copy: it is away, cut off, no book, or of a newer version. */
export const lookJob: Job<{ file: string; schema: number }, null> = {
  name: 'backup-look',
  run({ file, schema }) {
    try {
      mustFit(file, schema)
    } catch (error) {
      if (error instanceof TroubleError && OF_THE_COPY.includes(error.trouble.code)) throw error
    }
    return null
  },
}

function mustFit(file: string, schema: number): void {
  const db = openCopy(file)
  try {
    const version = db.raw.pragma('user_version', { simple: true }) as number
    if (version > schema)
      throw new TroubleError('NEWER_DATABASE', file, `schema ${version}, this version knows ${schema}`)
    if (version === 0) throw new TroubleError('NOT_A_DATABASE', file, 'no schema')
  } finally {
    db.close()
  }
}

/** Gives the facts of the copy as well. */
export const prepareJob: Job<PrepareInput, CopyFacts, PrepareProgress> = {
  name: 'backup-prepare',
  run(input, call) {
    prepareBook(input, call)
    return readFacts(input.copy)
  },
}
