import type { Db } from '../db/open.ts'

const count = (db: Db, sql: string): number => (db.prepare(`SELECT (${sql}) AS n`).get() as { n: number }).n

/** Own changes that somebody here can read and decide about: refused ones, and what was set aside with nobody to seal it for. */
export const countParked = (db: Db): number =>
  count(
    db,
    "(SELECT count(*) FROM sync_parked WHERE state = 'waiting') + (SELECT count(*) FROM sync_quarantine WHERE sealed IS NULL)",
  )

/** Rows that sealed files told of and an owner has not decided about; parts of a new one are its own. */
export const countOpened = (db: Db): number =>
  count(
    db,
    "SELECT count(*) FROM (SELECT 1 FROM sync_opened WHERE state = 'waiting' AND under IS NULL GROUP BY row, tbl)",
  )

/** What lies sealed for the owners: how many changes, and since when. */
export function keptSealed(db: Db): { changes: number; since: number | null } {
  const sql =
    'SELECT coalesce(sum(changes), 0) AS changes, min(at) AS since FROM sync_quarantine WHERE sealed IS NOT NULL'
  return db.prepare(sql).get() as { changes: number; since: number | null }
}
