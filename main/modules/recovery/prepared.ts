import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RecoveredBook, type RecoveryWay } from '../../../shared/contract/recovery.ts'
import { preparedFile } from '../../db/backup-swap.ts'
import { writeWhole } from '../../db/sync-disk.ts'

/** Where new books are made ready; thrown away with all that is in it once one was chosen. */
export const workFolder = (folder: string): string => join(folder, 'recovery')
const noteFile = (folder: string, way: RecoveryWay) => join(workFolder(folder), `${way}.json`)

/** Beside the new book: what is in it, and which state of the damaged file it was made from. Written last, so it stands for a whole book. */
const Note = z.object({ file: z.string(), from: z.string(), book: RecoveredBook })

/** Tells the state of a file and its -wal without reading them. */
export function stateOf(file: string): string {
  return ['', '-wal']
    .map((end) => statSync(file + end, { throwIfNoEntry: false }))
    .map((stat) => (stat ? `${stat.size}/${stat.mtimeMs}` : '-'))
    .join(' ')
}

/** A path for a new book of this way; one that was there is gone. `unique` keeps two windows that do the same apart. */
export function freshTarget(folder: string, way: RecoveryWay, unique: string): string {
  const work = workFolder(folder)
  mkdirSync(work, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(work))
    if (name.startsWith(way)) rmSync(join(work, name), { recursive: true, force: true })
  const own = join(work, `${way}-${unique}`)
  mkdirSync(own, { mode: 0o700 })
  return join(own, 'daftar.db')
}

export function keepPrepared(folder: string, target: string, from: string, book: RecoveredBook): void {
  writeWhole(noteFile(folder, book.way), JSON.stringify({ file: target, from, book } satisfies z.infer<typeof Note>))
}

/** The book made ready this way, if there is one, it is whole, and the damaged file is still what it was made from. */
export function readPrepared(
  folder: string,
  way: RecoveryWay,
  file: string,
): { target: string; book: RecoveredBook } | null {
  try {
    const note = Note.parse(JSON.parse(readFileSync(noteFile(folder, way), 'utf8')))
    const isThere = statSync(note.file, { throwIfNoEntry: false })?.isFile()
    return isThere && note.from === stateOf(file) && note.book.sound ? { target: note.file, book: note.book } : null
  } catch {
    return null
  }
}

/** Into the place from which the engine takes a new book. Until then, and from then on, a cut leaves the old book as it was. */
export function offer(folder: string, target: string): void {
  renameSync(target, preparedFile(folder))
}

export function dropPrepared(folder: string): void {
  rmSync(workFolder(folder), { recursive: true, force: true })
}
