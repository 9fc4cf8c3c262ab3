import type { MassChange } from '../../../shared/contract/backups.ts'
import { FIELD_DELETED, KIND, tableByName } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import type { Good } from './store.ts'

/** What a person would miss. New rows harm nothing, so only those that were there before count. */
const WATCHED = ['party', 'party_channel', 'party_address', 'activity'] as const
/** A day's work stays below both; an encrypter, a wrong bulk edit or an undone import does not. */
const ROWS = 100
const SHARE = 0.25

/**
 * Whether far more rows were changed or deleted since that copy than by hand, from the change log alone: null when not, or when the copy is from
 * another life of the book. Walks the log from where the copy ended; runs in the reader's thread.
 */
export function findMassChange(db: Db, since: Good, at: number, settled: number): MassChange | null {
  const site = db.raw.prepare("SELECT value FROM meta WHERE key = 'site'").pluck().get()
  if (site !== since.site) return null
  for (const table of WATCHED) {
    const of = since.counts[table] ?? 0
    // Rows of synced tables are never removed, only marked: fewer of them were removed by something else than Daftar.
    const missing = Math.max(0, of - (db.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number))
    const touched = touchedRows(db, table, Math.max(since.seq, settled), since.seq)
    const changed = touched.changed + missing
    if (changed >= ROWS && changed >= of * SHARE) {
      return { at, before: since.at, changed, deleted: touched.deleted + missing, of, table }
    }
  }
  return null
}

/** Rows that existed at `base` and were changed after `from`. */
function touchedRows(db: Db, table: string, from: number, base: number): { changed: number; deleted: number } {
  const id = tableByName(table)?.id
  return db.raw
    .prepare(
      `SELECT count(*) AS changed, coalesce(sum(deleted), 0) AS deleted FROM (
         SELECT max(json_extract(f, '$."${FIELD_DELETED}"[0]') IS 1) AS deleted FROM change c
         WHERE seq > ? AND tbl = ? AND kind <> ${KIND.put}
           AND EXISTS (SELECT 1 FROM change b WHERE b.tbl = c.tbl AND b.row = c.row AND b.seq <= ?)
         GROUP BY row)`,
    )
    .get(from, id, base) as { changed: number; deleted: number }
}
