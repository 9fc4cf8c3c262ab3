import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { copyName } from './backup-name.ts'
import { toTrouble } from './sqlite-errors.ts'
import { syncFolder, writeWhole } from './sync-disk.ts'

const BOOK = 'daftar.db'
const PREPARED = 'daftar.db.new'
const KEPT = 'kept'

/** The book that shall take the place of the present one; made whole and checked (prepareBook) before anything else is touched. */
export const preparedFile = (folder: string): string => join(folder, PREPARED)
/** Its presence is the decision: from then on every start finishes the swap, before it nothing has happened. */
const intentFile = (folder: string): string => join(folder, 'daftar.swap')

/** Names relative to the data folder, which may stand elsewhere when the swap is finished. */
interface Intent {
  from: string
  /** null: the present one is dropped. */
  kept: string | null
}

/** The book and what SQLite keeps beside it: without its -wal a book lacks the last changes, beside another book that -wal destroys it. */
const BESIDE = ['-wal', '-journal'] as const

/**
 * Puts the prepared file in the place of the book and keeps the present one, with its -wal, in a folder below `kept`; gives that folder
 * (null when there was no book). The book must be closed and its data folder ours (takeFolder). Killed at any moment, the next start finds the
 * old book as it was, or finishes (finishSwap): intent by fsync and rename, old files away, new file in place, intent away.
 * Throws TroubleError; the old book is then as it was, or the next start finishes.
 */
export function swapIn(folder: string, now: number): string | null {
  if (!existsSync(preparedFile(folder))) throw new Error(`nothing prepared in ${folder}`)
  const kept = existsSync(join(folder, BOOK)) ? freeName(folder, now) : null
  swap(folder, { from: PREPARED, kept })
  return kept && join(folder, kept)
}

/** Puts a kept book back and drops the one that took its place: for a new one that does not open. As safe as swapIn. */
export function swapBack(folder: string, kept: string): void {
  swap(folder, { from: join(KEPT, kept.slice(dirname(kept).length + 1), BOOK), kept: null })
  rmSync(kept, { recursive: true, force: true })
}

/** At every start, before the book is opened: finishes a swap that was cut off, removes a new book that was not decided on. True when it swapped. */
export function finishSwap(folder: string): boolean {
  try {
    const intent = readIntent(folder)
    if (intent) carryOut(folder, intent)
    else for (const end of ['', '-shm', ...BESIDE]) rmSync(preparedFile(folder) + end, { force: true })
    return intent !== null
  } catch (error) {
    throw toTrouble(error, folder, 'OPEN_FAILED')
  }
}

function swap(folder: string, intent: Intent): void {
  try {
    writeWhole(intentFile(folder), JSON.stringify(intent))
    carryOut(folder, intent)
  } catch (error) {
    // Nothing was moved yet (on Windows a reader keeps the file where it is): then it was not decided after all.
    if (existsSync(join(folder, intent.from)) && existsSync(join(folder, BOOK)))
      rmSync(intentFile(folder), { force: true })
    throw toTrouble(error, folder, 'OPEN_FAILED')
  }
}

/** Any of these steps may have been done before: as long as the new file has its own name, what has the name of the book is the old one. */
function carryOut(folder: string, { from, kept }: Intent): void {
  const book = join(folder, BOOK)
  const source = join(folder, from)
  if (existsSync(source)) {
    const place = kept && join(folder, kept)
    if (place) mkdirSync(place, { recursive: true, mode: 0o700 })
    for (const end of ['', ...BESIDE]) {
      if (!existsSync(book + end)) continue
      if (place) renameSync(book + end, join(place, BOOK + end))
      else rmSync(book + end)
    }
    rmSync(`${book}-shm`, { force: true })
    if (place) syncFolder(place)
    renameSync(source, book)
  }
  for (const end of BESIDE) if (existsSync(source + end)) renameSync(source + end, book + end)
  syncFolder(folder)
  rmSync(intentFile(folder), { force: true })
  syncFolder(folder)
}

function freeName(folder: string, now: number): string {
  const stem = join(KEPT, copyName(now, 'hand').replace(/\.db$/, ''))
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem : `${stem}-${n}`
    if (!existsSync(join(folder, name))) return name
  }
}

/** One that a disk has spoiled was still a decision; what it would have dropped is kept, under a name that says no more. */
function readIntent(folder: string): Intent | null {
  const path = intentFile(folder)
  if (!existsSync(path)) return null
  const unknown: Intent = { from: PREPARED, kept: join(KEPT, 'unknown') }
  const inside = (name: unknown) => typeof name === 'string' && normalize(name) === name && !/^\.|^[\\/]|:/.test(name)
  try {
    const { from, kept } = JSON.parse(readFileSync(path, 'utf8')) as Intent
    return inside(from) && (kept === null || inside(kept)) ? { from, kept } : unknown
  } catch {
    return unknown
  }
}
