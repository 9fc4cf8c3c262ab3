import { createHash } from 'node:crypto'
import { IMPORT_FIELDS, type ImportField } from '../../../shared/contract/imports.ts'
import { fold } from '../../../shared/domain/persian-text.ts'
import type { Db } from '../../db/open.ts'
import type { Tx } from '../../db/write.ts'

type Columns = Array<ImportField | null>
const FIELDS: ReadonlySet<string> = new Set(IMPORT_FIELDS)

/** The same for the same headers in the same order, however spaced, spelt or saved; null where no header says anything. */
export function fingerprintOf(headers: readonly string[]): string | null {
  const plain = headers.map((h) => fold(h).replace(/[^\p{L}\p{N}]+/gu, ''))
  if (plain.every((h) => h === '')) return null
  return createHash('sha256').update(plain.join('\u0000')).digest('hex').slice(0, 32)
}

/** How a file with these headers was mapped the last time, and when. */
export function recallMapping(db: Db, headers: readonly string[]): { mapping: Columns; at: number } | null {
  const fingerprint = fingerprintOf(headers)
  const row = fingerprint && db.prepare('SELECT mapping, at FROM import_profile WHERE fingerprint = ?').get(fingerprint)
  if (!row) return null
  const { mapping, at } = row as { mapping: string; at: number }
  const columns = (JSON.parse(mapping) as unknown[]).map((f) => (FIELDS.has(f as string) ? (f as ImportField) : null))
  return columns.length === headers.length ? { mapping: columns, at } : null
}

export function rememberMapping(tx: Tx, headers: readonly string[], mapping: Columns): void {
  const fingerprint = fingerprintOf(headers)
  if (!fingerprint) return
  tx.db
    .prepare(
      `INSERT INTO import_profile (fingerprint, mapping, at) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET mapping = excluded.mapping, at = excluded.at`,
    )
    .run(fingerprint, JSON.stringify(headers.map((_, i) => mapping[i] ?? null)), tx.now)
}
