import type { Db } from '../../db/open.ts'
import type { Facts } from './facts.ts'

/** How many share something, up to about where it no longer matters: a number on two records is a sign, one on two hundred a switchboard. */
export interface Rarity {
  phone(key: string): number
  email(key: string): number
  /** How many are called just so, among those of the same city; in the whole book for one without a city. */
  name(of: Facts): number
}

/** Equal names that are looked at; where there are more, as many people of one name are to be expected in any town. */
const NAMES = 100
const COMMON = 10
const OWNERS = 30
/** Answers kept; names come in no order. */
const KEPT = 50_000

/** Asks the indexes of the book, and remembers. One for a search, or for a page that is shown. */
export function rarityOf(db: Db): Rarity {
  const known = new Map<string, number>()
  const once = (key: string, count: () => number): number => {
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= KEPT) known.clear()
    const n = count()
    known.set(key, n)
    return n
  }
  const ask = (sql: string, ...params: string[]) => (db.prepare(sql).get(...params) as { n: number }).n
  const owners = (kind: string, key: string) =>
    once(`${kind} ${key}`, () =>
      ask(
        `SELECT count(*) AS n FROM (SELECT DISTINCT p.pk FROM party_channel c CROSS JOIN party p ON p.id = c.party_id
         WHERE c.key = ? AND c.key <> '' AND c.kind = ? AND c.deleted = 0 AND p.deleted = 0 LIMIT ${OWNERS})`,
        key,
        kind,
      ),
    )
  return {
    phone: (key) => owners('phone', key),
    email: (key) => owners('email', key),
    name: ({ nameSort, citySort }) =>
      once(`name ${nameSort}\n${citySort}`, () => {
        const { n, here } = db
          .prepare(
            `SELECT count(*) AS n, coalesce(sum(city_sort = @citySort), 0) AS here
             FROM (SELECT city_sort FROM party INDEXED BY party_by_name WHERE deleted = 0 AND name_sort = @nameSort LIMIT ${NAMES})`,
          )
          .get({ nameSort, citySort }) as { n: number; here: number }
        if (citySort === '') return n
        return n === NAMES ? Math.max(here, COMMON) : here
      }),
  }
}
