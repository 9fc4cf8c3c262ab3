import type { Db } from '../../db/open.ts'

/** Hops from merged to survivor that are followed; no chain made by hand comes near it. */
const HOPS = 100

/** The id a customer goes by now: its own, or that of the one it was merged into, and so on. Null when that chain goes round in a circle. */
export function survivorOf(db: Db, id: string): string | null {
  const read = db.prepare('SELECT merged_into FROM party WHERE id = ?')
  let at = id
  for (let hop = 0; hop < HOPS; hop++) {
    const next = (read.get(at) as { merged_into: string | null } | undefined)?.merged_into
    if (!next) return at
    at = next
  }
  return null
}

/** `m(id)`: customer @party and all that were merged into it, also by way of others. */
export const MERGED_IDS = 'm(id) AS (SELECT @party UNION SELECT p.id FROM m CROSS JOIN party p ON p.merged_into = m.id)'
