import type { Db } from '../../db/open.ts'
import { sumOf, wordSums } from '../../db/search-words.ts'
import type { CheckProblem } from '../module.ts'
import { type ContactDates, contactDatesOf, type Reckoned } from './contact-dates.ts'
import { derive, keyOf } from './derive.ts'
import { readSources } from './rederive.ts'

const CHUNK = 5000

/** Derived columns and search rows against what they are made from, every party. */
export function check(ctx: { db: Db }): CheckProblem[] {
  const found = new Map<string, CheckProblem>()
  const report = (code: string, sample: string) => {
    const problem = found.get(code)
    if (problem) problem.count++
    else found.set(code, { code, count: 1, sample })
  }
  const sums = wordSums(ctx.db, 'party_fts')
  const indexed = ctx.db.prepare('SELECT count(*) AS n FROM party_fts WHERE rowid = ?')
  const alone = ctx.db.prepare('SELECT 1 AS hit FROM party_fts WHERE party_fts MATCH ? AND rowid = ?')
  forEachPk(ctx, 'party', (pk) => {
    const sources = readSources(ctx.db, pk)
    if (!sources) return
    const { row } = sources
    const want = derive(sources)
    const have = ctx.db
      .prepare('SELECT name, name_sort, city, province, city_sort, phones FROM party WHERE pk = ?')
      .get(pk) as Record<string, unknown>
    for (const key in have) if (have[key] !== want[key as keyof typeof want]) report('DERIVED_DIFFERS', row.id)
    const alive = row.deleted === 0 && row.merged_into === null && want.tokens !== ''
    const rows = (indexed.get(pk) as { n: number }).n
    if (!alive && rows > 0) report('SEARCH_ROW_TOO_MANY', row.id)
    if (!alive) return
    if (rows === 0) return report('SEARCH_ROW_MISSING', row.id)
    const words = want.tokens.split(' ')
    if (sums.get(pk) === sumOf(words)) return
    // The index may take a rare sign for a gap: its own answer decides.
    const all = words.map((t) => `"${t}"`).join(' AND ')
    if (!alone.get(all, pk)) report('SEARCH_ROW_DIFFERS', row.id)
  })
  checkContactDates(ctx.db, report)
  forEachPk(ctx, 'party_channel', (pk) => {
    const row = ctx.db.prepare('SELECT id, kind, value, e164, key FROM party_channel WHERE pk = ?').get(pk) as {
      id: string
      kind: string
      value: string
      e164: string | null
      key: string
    }
    if (row.key !== keyOf(row)) report('CHANNEL_KEY_DIFFERS', row.id)
  })
  return [...found.values()]
}

function forEachPk(ctx: { db: Db }, table: 'party' | 'party_channel', run: (pk: number) => void): void {
  for (let last = 0; ; ) {
    const rows = ctx.db.prepare(`SELECT pk FROM ${table} WHERE pk > ? ORDER BY pk LIMIT ?`).all(last, CHUNK) as Array<{
      pk: number
    }>
    if (rows.length === 0) return
    for (const { pk } of rows) run(pk)
    last = rows.at(-1)!.pk
  }
}

/** Customers whose dates are reckoned again; of more than this every so-manieth one, for each costs a few questions. */
const RECKONED = 30_000

function checkContactDates(db: Db, report: (code: string, sample: string) => void): void {
  const { most } = db.prepare('SELECT coalesce(max(pk), 0) AS most FROM party').get() as { most: number }
  const step = Math.max(1, Math.ceil(most / RECKONED))
  const read = db.prepare(
    'SELECT pk, id, created_at, deleted, quiet_until, last_contact, next_contact, slips_on FROM party WHERE pk >= ? ORDER BY pk LIMIT 1',
  )
  for (let pk = 1; pk <= most; pk += step) {
    const row = read.get(pk) as Reckoned & ContactDates
    const want = contactDatesOf(db, row)
    for (const key in want) {
      if (want[key as keyof ContactDates] !== row[key as keyof ContactDates]) {
        report('CONTACT_DATES_DIFFER', row.id)
        break
      }
    }
  }
}
