import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { FoundCopy } from '../../../shared/contract/setup.ts'
import { openCopy, readFacts } from '../../db/backup-facts.ts'
import { type Copy, listCopies } from '../../db/backup-list.ts'
import { TroubleError } from '../../db/trouble.ts'
import type { Job } from '../../engine/reader.ts'

/** More than anybody looks through; a stick of years may hold hundreds. */
const SHOWN = 50

export interface FoundInput {
  /** The surest first: of copies that are the same, the one there is shown. */
  folders: string[]
  /** A single copy, whatever its name; throws TroubleError when it cannot be used. */
  file?: string
  /** Newest schema this version knows. */
  schema: number
}

/** Copies that can be restored, newest first, each with the business it is of. */
export const foundCopiesJob: Job<FoundInput, FoundCopy[]> = {
  name: 'setup.copies',
  run({ folders, file, schema }) {
    if (file !== undefined) return [found(oneCopy(file, schema))!]
    const all = folders.flatMap((folder) => listCopies([folder]))
    const known = new Map<string, Copy>()
    for (const copy of all) {
      const { facts } = copy
      // Of a book that was never begun there is nothing to bring back; what was not checked is for whoever names it.
      if (!facts?.reason || facts.schema > schema || facts.tx === 0) continue
      const key = `${facts.book} ${facts.site} ${facts.at} ${facts.tx}`
      if (!known.has(key)) known.set(key, copy)
    }
    return [...known.values()]
      .sort((a, b) => b.facts!.at - a.facts!.at)
      .slice(0, SHOWN)
      .flatMap((copy) => found(copy) ?? [])
  },
}

function oneCopy(path: string, schema: number): Copy {
  const facts = readFacts(path)
  if (facts.schema > schema) throw new TroubleError('NEWER_DATABASE', path, `schema ${facts.schema}`)
  const bytes = statSync(path).size
  return { path, folder: dirname(path), name: basename(path), bytes, facts, trouble: null }
}

function found({ path, folder, bytes, facts }: Copy): FoundCopy | null {
  if (!facts) return null
  const { at, customers, activities, reason } = facts
  return { file: path, folder, bytes, at, business: businessOf(path), customers, activities, checked: reason !== null }
}

function businessOf(path: string): string | null {
  try {
    const db = openCopy(path)
    try {
      const sql = "SELECT value FROM setting WHERE key = 'business_name' AND deleted = 0"
      const name: unknown = JSON.parse((db.raw.prepare(sql).pluck().get() as string | undefined) ?? 'null')
      return typeof name === 'string' && name !== '' ? name : null
    } finally {
      db.close()
    }
  } catch {
    return null
  }
}
