import { closeSync, fdatasyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import type { JobCall } from '../engine/reader.ts'
import { type CopyFacts, countTables, readFacts, STAMP, type Stamp, sumUp } from './backup-facts.ts'
import { copyName, freePath, type Reason } from './backup-name.ts'
import { checkTables } from './backup-verify.ts'
import { openDb } from './open.ts'
import { copyPaced, syncFile, syncFolder } from './sync-disk.ts'
import { TroubleError } from './trouble.ts'

export interface CopyInput {
  /** The book; may be open and written to meanwhile. */
  file: string
  folder: string
  at: number
  reason: Reason
}

export interface CopyProgress {
  step: 'copy' | 'verify'
  done: number
  total: number
}
type Call = Pick<JobCall<CopyProgress>, 'stopped' | 'progress'>

export interface MadeCopy {
  path: string
  bytes: number
  facts: CopyFacts
}

/** 4 MB at a time: the thread looks up between them, and what is not on the disk yet never grows so that a commit would wait for it. */
const STEP_PAGES = 1024
const SYNC_EVERY = 4
const HOUR = 3_600_000

/**
 * A verified copy of the book as it was at one moment, while others go on writing: pages in steps from one read transaction into a `.part`, stamped with
 * the counts of that transaction, checked, on the disk, and only then named. SQLite's backup and not VACUUM INTO, which nothing can stop: an
 * exit would wait for it. Leaves nothing behind when it throws: TroubleError, an AbortError when stopped, file errors (ENOSPC …) as they are.
 */
export async function copyBook(input: CopyInput, call: Call): Promise<MadeCopy> {
  const target = freePath(input.folder, copyName(input.at, input.reason))
  const part = `${target}.part`
  sweep(input.folder, input.at)
  try {
    reserve(part)
    const stamp = await copyPages(input, part, call)
    stampCopy(part, stamp)
    return name(part, target, stamp.counts, call)
  } catch (error) {
    remove(part)
    throw error
  }
}

/** The same file in another folder (a stick), checked there as well. The source is a copy, never the book. */
export function copyCopy(from: string, folder: string, at: number, call: Call): MadeCopy {
  const target = freePath(folder, basename(from))
  const part = `${target}.part`
  sweep(folder, at)
  try {
    copyPaced(from, part, call)
    return name(part, target, readFacts(from).counts, call)
  } catch (error) {
    remove(part)
    throw error
  }
}

/** For a migration, which runs before anybody can ask for anything: at once and in this thread, from the book's own connection. */
export function copyNow(raw: Database.Database, folder: string, at: number, schema: number): MadeCopy {
  const target = freePath(folder, copyName(at, 'migration', schema))
  const part = `${target}.part`
  sweep(folder, at)
  try {
    const stamp: Stamp = { at, reason: 'migration', ...sumUp(raw), counts: countTables(raw) }
    reserve(part)
    raw.prepare('VACUUM INTO ?').run(part)
    stampCopy(part, stamp)
    return name(part, target, stamp.counts, { stopped: () => false, progress() {} })
  } catch (error) {
    remove(part)
    throw error
  }
}

async function copyPages({ file, at, reason }: CopyInput, part: string, call: Call): Promise<Stamp> {
  const source = openDb(file, { readonly: true })
  let behind: number | undefined
  try {
    source.raw.exec('BEGIN')
    const stamp: Stamp = { at, reason, ...sumUp(source.raw), counts: countTables(source.raw) }
    let steps = 0
    await source.raw.backup(part, {
      progress({ totalPages, remainingPages }) {
        if (call.stopped()) throw new DOMException('stopped', 'AbortError')
        call.progress({ step: 'copy', done: totalPages - remainingPages, total: totalPages })
        if (++steps % SYNC_EVERY === 0) {
          behind ??= openSync(part, 'r+')
          fdatasyncSync(behind)
        }
        return STEP_PAGES
      },
    })
    source.raw.exec('COMMIT')
    return stamp
  } finally {
    // Only now: closing it earlier would drop SQLite's own lock on the file.
    if (behind !== undefined) closeSync(behind)
    source.close()
  }
}

/** What the copy says of itself; and no WAL database any more, so that reading it later makes no file beside it. */
function stampCopy(part: string, stamp: Stamp): void {
  const raw = new Database(part)
  try {
    raw.pragma('journal_mode = DELETE')
    raw.pragma('synchronous = FULL')
    const put = raw.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    )
    raw.transaction(() => {
      put.run(STAMP, JSON.stringify(stamp))
      put.run('clean_shutdown', '1')
    })()
  } finally {
    raw.close()
  }
}

/** Checked and on the disk, the part gets its name: whatever has a name is a whole copy. */
function name(part: string, target: string, counts: Record<string, number>, call: Call): MadeCopy {
  checkTables(part, counts, {
    stopped: call.stopped,
    progress: ({ done, total }) => call.progress({ step: 'verify', done, total }),
  })
  const facts = readFacts(part)
  syncFile(part)
  if (statSync(target, { throwIfNoEntry: false })) throw new TroubleError('OPEN_FAILED', target, 'the name is taken')
  renameSync(part, target)
  syncFolder(dirname(target))
  return { path: target, bytes: statSync(target).size, facts }
}

/** For this user alone from its first byte: the folder may be one that others read too. SQLite would let everybody read. */
const reserve = (part: string): void => closeSync(openSync(part, 'wx', 0o600))

const remove = (part: string) => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true })
}

/** What a killed copy left. Not a young one: another PC may be writing it to the same folder of a network. */
function sweep(folder: string, now: number): void {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry)
    const written = /^daftar-.*\.db\.part/.test(entry) && statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (written && now - written > HOUR) rmSync(path, { force: true })
  }
}
