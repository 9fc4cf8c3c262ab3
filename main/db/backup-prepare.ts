import { existsSync, rmSync, statSync } from 'node:fs'
import { tick } from '../../shared/sync/clock.ts'
import type { JobCall } from '../engine/reader.ts'
import { type Connection, carryOn } from '../sync/carry.ts'
import { STAMP } from './backup-facts.ts'
import { preparedFile } from './backup-swap.ts'
import { checkTables } from './backup-verify.ts'
import { readMeta, setMeta } from './migrate.ts'
import { openDb } from './open.ts'
import { copyPaced } from './sync-disk.ts'
import { TroubleError } from './trouble.ts'

export interface PrepareInput {
  /** The copy to begin from: read only, never written to. */
  copy: string
  /** The data folder. */
  folder: string
  now: number
  /** 16 hex digits: the restored book is a new life of its data (SYNC.md 12), so that a later sync notices that it went back. */
  site: string
  /** Last stamp of the book it replaces, when that can be read: stamps never go back. */
  hlc?: number
  /** Of the book it replaces, when that is shared. */
  connection?: Connection | null
  /** Newest schema this version knows. */
  schema: number
}

export interface PrepareProgress {
  step: 'copy' | 'verify'
  done: number
  total: number
}

/**
 * Copies a backup (or any closed book; a -wal beside it is folded in) to `daftar.db.new` in the data folder, gives it a new `site` and checks
 * it; swapIn then makes it the book. The present book is not touched and may be open. Throws TroubleError DAMAGED, NOT_A_DATABASE,
 * NEWER_DATABASE, FOLDER_MISSING; a file error (ENOSPC …) as it is. Leaves nothing behind when it throws.
 */
export function prepareBook(input: PrepareInput, call: Pick<JobCall<PrepareProgress>, 'stopped' | 'progress'>): void {
  const target = preparedFile(input.folder)
  const remove = () => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(target + end, { force: true })
  }
  remove()
  try {
    if (!existsSync(input.copy)) throw new TroubleError('FOLDER_MISSING', input.copy, 'no such file')
    copyPaced(input.copy, target, call)
    if (statSync(`${input.copy}-wal`, { throwIfNoEntry: false })?.size)
      copyPaced(`${input.copy}-wal`, `${target}-wal`, call)
    const expected = becomeBook(target, input)
    checkTables(target, expected, {
      stopped: call.stopped,
      progress: ({ done, total }) => call.progress({ step: 'verify', done, total }),
    })
  } catch (error) {
    remove()
    throw error
  }
}

/** Gives the counts its stamp promised. */
function becomeBook(file: string, { now, site, hlc, schema, connection }: PrepareInput): Record<string, number> {
  const db = openDb(file)
  try {
    const version = db.raw.pragma('user_version', { simple: true }) as number
    if (version > schema)
      throw new TroubleError('NEWER_DATABASE', file, `schema ${version}, this version knows ${schema}`)
    if (version === 0) throw new TroubleError('NOT_A_DATABASE', file, 'no schema')
    const stamp = JSON.parse(readMeta(db, STAMP) ?? '{}') as { at?: number; counts?: Record<string, number> }
    db.raw.exec('BEGIN IMMEDIATE')
    setMeta(db, 'restored', JSON.stringify({ at: now, from: stamp.at ?? null, site: readMeta(db, 'site') }))
    const carried = connection ? carryOn(db, connection) : 0
    setMeta(db, 'site', site)
    setMeta(db, 'hlc', String(Math.max(Number(readMeta(db, 'hlc') ?? 0), hlc ?? 0, tick(0, now))))
    setMeta(db, 'clean_shutdown', '1')
    db.raw.prepare('DELETE FROM meta WHERE key = ?').run(STAMP)
    db.raw.exec('COMMIT')
    // Everything in one file, without a -wal, until it is the book.
    db.raw.pragma('journal_mode = DELETE')
    const counts = stamp.counts ?? {}
    return 'sync_state' in counts ? { ...counts, sync_state: counts['sync_state']! + carried } : counts
  } finally {
    db.close()
  }
}
