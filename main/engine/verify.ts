/** Thread that reads a whole book, read-only, and posts SQLite's words about it: 'ok', or what is wrong. */
import { parentPort, workerData } from 'node:worker_threads'
import { openDb } from '../db/open.ts'

const { file } = workerData as { file: string }
try {
  const db = openDb(file, { readonly: true })
  try {
    parentPort?.postMessage(String(db.raw.pragma('quick_check(1)', { simple: true })))
  } finally {
    db.close()
  }
} catch (error) {
  // quick_check throws on a file it cannot walk. A file that could not be opened at all is not called damaged for that.
  const damaged = /SQLITE_CORRUPT|SQLITE_NOTADB|DAMAGED|NOT_A_DATABASE/.test(
    `${(error as { code?: string }).code} ${error}`,
  )
  parentPort?.postMessage(damaged ? String(error) : 'ok')
}
