import { tableByName } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import { readFacts } from './facts.ts'
import { type Judged, judge } from './judge.ts'
import { rarityOf } from './rarity.ts'

/** Who entered a customer, where (a site of the log) and when (epoch ms). */
export interface Entry {
  site: string
  user: string | null
  at: number
}

const PARTY = tableByName('party')!

/** Null where the log says nothing of it. */
export function entryOf(db: Db, pk: number): Entry | null {
  const row = db
    .prepare(
      `SELECT x.site, x.user, x.at FROM change c CROSS JOIN change_tx x ON x.tx = c.tx
       WHERE c.tbl = ${PARTY.id} AND c.row = ? ORDER BY c.seq LIMIT 1`,
    )
    .get(pk)
  return (row as Entry | undefined) ?? null
}

/** What met and is still to be decided: both there, not said to be two, and with a number in common. Whoever decides it anywhere decides it here. */
const OPEN = `FROM duplicate_met m CROSS JOIN party a ON a.id = m.a_id AND a.deleted = 0 CROSS JOIN party b ON b.id = m.b_id AND b.deleted = 0
  WHERE NOT EXISTS (SELECT 1 FROM party_distinct d WHERE d.a_id = m.a_id AND d.b_id = m.b_id AND d.deleted = 0)
    AND (a.national_id = b.national_id OR a.company_id = b.company_id OR EXISTS (
      SELECT 1 FROM party_channel x INDEXED BY party_channel_party
      CROSS JOIN party_channel y INDEXED BY party_channel_party ON y.party_id = b.id AND y.key = x.key AND y.kind = x.kind AND y.deleted = 0
      WHERE x.party_id = a.id AND x.key <> '' AND x.kind IN ('phone', 'email') AND x.deleted = 0))`

export const countMet = (db: Db): number => db.prepare(`SELECT count(*) ${OPEN}`).pluck().get() as number

/** The latest first, whoever was entered earlier as `a`. */
export function metPairs(db: Db, limit: number): (Judged & { a: number; b: number })[] {
  const rarity = rarityOf(db)
  const rows = db.prepare(`SELECT a.pk AS a, b.pk AS b ${OPEN} ORDER BY max(a.pk, b.pk) DESC LIMIT ?`).all(limit) as {
    a: number
    b: number
  }[]
  return rows.flatMap(({ a, b }) => {
    const [one, other] = [readFacts(db, a), readFacts(db, b)]
    return one && other ? [{ a, b, ...judge(one, other, rarity) }] : []
  })
}
