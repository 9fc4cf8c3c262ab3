import type { Tally } from '../../../shared/contract/today.ts'
import type { Db } from '../../db/open.ts'

/** Counts of the page stop here («۹۹+»): counting on would walk thousands of rows to say «many». */
export const TODAY_MOST = 99

/** How many rows of `from` (a FROM clause with its WHERE), at most `TODAY_MOST`. */
export function tallyOf(db: Db, from: string, params: readonly unknown[]): Tally {
  const { n } = db
    .prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ${TODAY_MOST + 1})`)
    .get(...params) as { n: number }
  return capped(n)
}

export const capped = (n: number): Tally => ({ n: Math.min(n, TODAY_MOST), more: n > TODAY_MOST })

export const sum = (tallies: readonly Tally[]): Tally => {
  const n = tallies.reduce((all, one) => all + one.n, 0)
  return { n: Math.min(n, TODAY_MOST), more: n > TODAY_MOST || tallies.some((one) => one.more) }
}
