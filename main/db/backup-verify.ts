import type { JobCall } from '../engine/reader.ts'
import { type CopyFacts, countTables, openCopy, readFacts, tablesOf } from './backup-facts.ts'
import { TroubleError } from './trouble.ts'

/** Tables looked through, of how many. */
export interface VerifyProgress {
  done: number
  total: number
}

type VerifyCall = Pick<JobCall<VerifyProgress>, 'stopped' | 'progress'>
const QUIET: VerifyCall = { stopped: () => false, progress() {} }

/**
 * Opens a copy read-only, has SQLite walk through every table with its indexes, and compares the rows with what was counted when it was
 * made. Gives its facts; throws TroubleError DAMAGED, NOT_A_DATABASE, FOLDER_MISSING, an AbortError when stopped.
 */
export function verifyCopy(path: string, call: VerifyCall = QUIET): CopyFacts {
  const facts = readFacts(path)
  checkTables(path, facts.counts, call)
  return facts
}

/** The walk itself, table by table, so that it can be stopped and told of. @param expected rows by table; {} compares nothing */
export function checkTables(path: string, expected: Record<string, number>, call: VerifyCall = QUIET): void {
  const db = openCopy(path)
  try {
    const tables = tablesOf(db.raw)
    for (const [done, table] of tables.entries()) {
      if (call.stopped()) throw new DOMException('stopped', 'AbortError')
      call.progress({ done, total: tables.length })
      const found = db.raw.pragma(`quick_check("${table}")`, { simple: true })
      if (found !== 'ok') throw new TroubleError('DAMAGED', path, `${table}: ${found}`)
    }
    const counts = Object.keys(expected).length > 0 ? countTables(db.raw) : {}
    for (const name of new Set([...Object.keys(expected), ...Object.keys(counts)])) {
      if (expected[name] !== counts[name])
        throw new TroubleError('DAMAGED', path, `${name}: ${counts[name]} rows of ${expected[name]}`)
    }
  } catch (error) {
    // quick_check throws on what it cannot walk.
    if (/SQLITE_(CORRUPT|NOTADB|IOERR)/.test((error as { code?: string }).code ?? ''))
      throw new TroubleError('DAMAGED', path, String(error))
    throw error
  } finally {
    db.close()
  }
}
