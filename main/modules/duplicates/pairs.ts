import type { CustomerRow } from '../../../shared/contract/customers.ts'
import type { DuplicatePair } from '../../../shared/contract/duplicates.ts'
import type { Db } from '../../db/open.ts'
import type { Ctx } from '../../engine/context.ts'
import { rowsByPk } from '../customers/rows.ts'
import { survivorOf } from '../history/merged.ts'
import { distinctPairs, pairKey } from './distinct.ts'
import { readFacts } from './facts.ts'
import { judge, LIKELY } from './judge.ts'
import { rarityOf } from './rarity.ts'
import { lastSearch } from './run.ts'

type Cursor = [score: number, a: number, b: number]
interface Stored {
  score: number
  a_pk: number
  b_pk: number
}
const START: Cursor = [1000, 0, 0]
/** Rows looked at for one page, at most: after a long evening of merging whole stretches no longer hold. */
const LOOKED_AT = 2000

/**
 * The next pairs after a place, likeliest first as they were found. Every pair is judged anew as the customers are now: who was corrected,
 * deleted or called «not the same» since drops out, and who was merged is the one they went into.
 */
export function pagePairs(
  ctx: Ctx,
  after: string | undefined,
  limit: number,
): { pairs: DuplicatePair[]; next: string | null; total: number } {
  const { db } = ctx
  const rarity = rarityOf(db)
  const apart = distinctPairs(db)
  const seen = new Set<string>()
  const found: Array<Pick<DuplicatePair, 'score' | 'reasons'> & { a: number; b: number }> = []
  const page = db.prepare(
    `SELECT score, a_pk, b_pk FROM duplicate_pair WHERE (score, a_pk, b_pk) < (?, ?, ?)
     ORDER BY score DESC, a_pk DESC, b_pk DESC LIMIT ?`,
  )
  let cursor = readCursor(after)
  let more = true
  for (let looked = 0; more && found.length < limit && looked < LOOKED_AT; ) {
    const rows = page.all(...cursor, limit) as Stored[]
    more = rows.length === limit
    for (const row of rows) {
      if (found.length === limit) {
        more = true
        break
      }
      looked++
      cursor = [row.score, row.a_pk, row.b_pk]
      const [a, b] = nowOf(db, row)
      const key = pairKey(a, b)
      if (a === b || a === 0 || b === 0 || seen.has(key) || apart.has(key)) continue
      const isAsFound = key === pairKey(row.a_pk, row.b_pk)
      // By way of a merge it is another pair, which may have been found itself.
      if (!isAsFound && isStored(db, a, b)) continue
      seen.add(key)
      const [one, other] = [readFacts(db, a), readFacts(db, b)]
      if (!one || !other) continue
      const judged = judge(one, other, rarity)
      if (judged.score >= LIKELY) found.push({ a, b, ...judged })
    }
  }
  const shown = new Map<number, CustomerRow>()
  const pks = [...new Set(found.flatMap(({ a, b }) => [a, b]))]
  for (const [i, row] of rowsByPk(db, pks).entries()) shown.set(pks[i]!, row)
  const pairs = found.map(({ a, b, score, reasons }) => ({ a: shown.get(a)!, b: shown.get(b)!, score, reasons }))
  return { pairs, next: more ? JSON.stringify(cursor) : null, total: totalOf(db, apart) }
}

/** pks of the two as they are now; 0 for one that is gone. */
function nowOf(db: Db, { a_pk, b_pk }: Stored): [number, number] {
  const read = db.prepare('SELECT pk, id, deleted, merged_into FROM party WHERE pk = ?')
  const byId = db.prepare('SELECT pk FROM party WHERE id = ? AND deleted = 0')
  const now = (pk: number): number => {
    const row = read.get(pk) as { id: string; deleted: number; merged_into: string | null } | undefined
    if (!row) return 0
    if (row.deleted === 0) return pk
    const survivor = row.merged_into === null ? null : survivorOf(db, row.id)
    return survivor === null ? 0 : ((byId.get(survivor) as { pk: number } | undefined)?.pk ?? 0)
  }
  return [now(a_pk), now(b_pk)]
}

const isStored = (db: Db, a: number, b: number): boolean =>
  db.prepare('SELECT 1 FROM duplicate_pair WHERE a_pk = ? AND b_pk = ?').get(Math.min(a, b), Math.max(a, b)) !==
  undefined

const TOTAL = {}
const knownTotal = (db: Db) => db.remember(TOTAL, () => ({ version: '', total: 0 }))

/** Pairs were added to those of the last search. */
export function forgetTotal(db: Db): void {
  knownTotal(db).version = ''
}

/** Pairs whose customers are both still there, without those called «not the same»; counted anew only after a change. */
function totalOf(db: Db, apart: ReadonlySet<string>): number {
  const { tx } = db.prepare('SELECT coalesce(max(tx), 0) AS tx FROM change_tx').get() as { tx: number }
  const version = `${tx} ${lastSearch(db)?.at}`
  const known = knownTotal(db)
  if (known.version !== version) {
    const alive = 'd.a_pk AND a.deleted = 0 CROSS JOIN party b ON b.pk = d.b_pk AND b.deleted = 0'
    const { n } = db
      .prepare(`SELECT count(*) AS n FROM duplicate_pair d CROSS JOIN party a ON a.pk = ${alive}`)
      .get() as { n: number }
    const out = db.prepare(
      `SELECT 1 FROM duplicate_pair d CROSS JOIN party a ON a.pk = ${alive} WHERE d.a_pk = ? AND d.b_pk = ?`,
    )
    const gone = [...apart].filter((key) => out.get(...key.split('/').map(Number)) !== undefined).length
    known.version = version
    known.total = n - gone
  }
  return known.total
}

function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return START
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.length === 3 && value.every(Number.isSafeInteger) ? (value as Cursor) : START
  } catch {
    return START
  }
}
