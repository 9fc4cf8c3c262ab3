import type { DuplicateReason } from '../../../shared/contract/duplicates.ts'
import { looseKey } from '../../../shared/domain/sort-key.ts'
import { type Db, openDb } from '../../db/open.ts'
import type { Job, JobCall } from '../../engine/reader.ts'
import { Blocks, Pairs } from './blocks.ts'
import { distinctPairs } from './distinct.ts'
import { companyText, type Facts, readFacts } from './facts.ts'
import { judge, LIKELY } from './judge.ts'
import { lettersWithout, nameKey } from './name-key.ts'
import { rarityOf } from './rarity.ts'

export interface FoundPair {
  a: number
  b: number
  score: number
  reasons: DuplicateReason[]
}
export interface FindProgress {
  phase: 'numbers' | 'names' | 'compare'
  done: number
  total: number
}
export interface Found {
  /** The likeliest, at most `keep`. */
  pairs: FoundPair[]
  found: number
  compared: number
  customers: number
  /** Numbers and names that so many share that their owners were not compared with each other. */
  leftOut: number
}

/** Who has one number in common is compared up to here; a number on more records is a firm's switchboard, or 0000. */
const OWNERS = 20
/** The same for names in a city or company: more of one name are as many people. */
const NAMESAKES = 12
const PAGE = 5000
/** Facts kept at hand; pairs come by the first's pk. */
const FACTS = 20_000
const STEP = 500

/** Looks through the whole book. Null when it was told to stop. Reads only. */
export const findDuplicates: Job<{ file: string; keep: number }, Found | null, FindProgress> = {
  name: 'duplicates.find',
  run({ file, keep }, call) {
    const db = openDb(file, { readonly: true })
    try {
      return find(db, keep, call)
    } finally {
      db.close()
    }
  },
}

export function find(db: Db, keep: number, call: JobCall<FindProgress>): Found | null {
  const { customers, highest } = db
    .prepare('SELECT count(*) AS customers, coalesce(max(pk), 0) AS highest FROM party WHERE deleted = 0')
    .get() as { customers: number; highest: number }
  const pairs = new Pairs()
  let leftOut = 0
  const numbers = byNumbers(db, pairs, call)
  if (numbers === null) return null
  leftOut += numbers
  const names = byNames(db, pairs, { customers, highest }, call)
  if (names === null) return null
  leftOut += names
  const compared = compare(db, pairs, keep, call)
  return compared && { ...compared, customers, leftOut }
}

const COLUMNS = ['national_id', 'company_id', 'economic_code', 'sheba', 'card_number'] as const

/** Who has the same phone, e-mail, id or account. */
function byNumbers(db: Db, pairs: Pairs, call: JobCall<FindProgress>): number | null {
  const total = COLUMNS.length + 1
  let leftOut = 0
  const block = (pks: number[]) => {
    const owners = [...new Set(pks)]
    if (owners.length > OWNERS) leftOut++
    else pairs.addAll(owners)
  }
  call.progress({ phase: 'numbers', done: 0, total })
  const ownersOf = db.prepare(
    `SELECT c.kind, p.pk FROM party_channel c CROSS JOIN party p ON p.id = c.party_id
     WHERE c.key = ? AND c.key <> '' AND c.deleted = 0 AND p.deleted = 0 LIMIT 200`,
  )
  const keys = db.prepare("SELECT key FROM party_channel WHERE key <> '' GROUP BY key HAVING count(*) > 1").iterate()
  let seen = 0
  for (const { key } of keys as IterableIterator<{ key: string }>) {
    if (++seen % STEP === 0 && call.stopped()) return null
    const owners = ownersOf.all(key) as Array<{ kind: string; pk: number }>
    for (const kind of ['phone', 'email']) block(owners.filter((o) => o.kind === kind).map((o) => o.pk))
  }
  for (const [at, column] of COLUMNS.entries()) {
    call.progress({ phase: 'numbers', done: at + 1, total })
    if (call.stopped()) return null
    const rows = db
      .prepare(`SELECT ${column} AS v, pk FROM party WHERE ${column} IS NOT NULL AND deleted = 0 ORDER BY ${column}`)
      .iterate() as IterableIterator<{ v: string; pk: number }>
    let value = ''
    let same: number[] = []
    for (const { v, pk } of rows) {
      if (v !== value) {
        block(same)
        value = v
        same = []
      }
      same.push(pk)
    }
    block(same)
  }
  return leftOut
}

interface NameRow {
  pk: number
  kind: 'person' | 'company'
  first_name: string | null
  last_name: string | null
  company_name: string | null
}

/** Who is called the same or nearly so, in the same city or company; and who is called the same where a city is not known. */
function byNames(
  db: Db,
  pairs: Pairs,
  { customers, highest }: { customers: number; highest: number },
  call: JobCall<FindProgress>,
): number | null {
  const blocks = new Blocks(highest)
  const names = 'p.pk, p.kind, p.first_name, p.last_name, p.company_name'
  const page = db.prepare(
    `SELECT ${names}, p.city_sort FROM party p WHERE p.pk > ? AND p.deleted = 0 ORDER BY p.pk LIMIT ${PAGE}`,
  )
  let done = 0
  for (let last = 0; ; ) {
    call.progress({ phase: 'names', done, total: customers })
    if (call.stopped()) return null
    const rows = page.all(last) as Array<NameRow & { city_sort: string }>
    for (const row of rows) {
      const { letters } = nameKey(row)
      if (letters.length < 3) continue
      blocks.add(`n${letters}`, row.pk)
      const [work] = companyText(row.kind, row.company_name)
      const city = looseKey(row.city_sort)
      if (!city && !work) continue
      for (const form of lettersWithout(letters)) {
        if (city) blocks.add(`c${form}\n${city}`, row.pk)
        if (work) blocks.add(`w${form}\n${work}`, row.pk)
      }
    }
    done += rows.length
    if (rows.length < PAGE) break
    last = rows.at(-1)!.pk
  }
  const workers = db
    .prepare(
      `SELECT ${names}, l.to_id FROM party_link l CROSS JOIN party p ON p.id = l.from_id
       WHERE l.kind = 'works_at' AND l.deleted = 0 AND p.deleted = 0`,
    )
    .iterate() as IterableIterator<NameRow & { to_id: string }>
  let seen = 0
  for (const row of workers) {
    if (++seen % PAGE === 0 && call.stopped()) return null
    const { letters } = nameKey(row)
    if (letters.length < 3) continue
    for (const form of lettersWithout(letters)) blocks.add(`w${form}\n${row.to_id}`, row.pk)
  }
  return blocks.forEach(NAMESAKES, (pks) => pairs.addAll(pks)).leftOut
}

function compare(db: Db, pairs: Pairs, keep: number, call: JobCall<FindProgress>) {
  const total = pairs.count()
  const apart = distinctPairs(db)
  const rarity = rarityOf(db)
  const known = new Map<number, Facts | null>()
  const factsOf = (pk: number): Facts | null => {
    let facts = known.get(pk)
    if (facts === undefined) {
      if (known.size >= FACTS) known.clear()
      facts = readFacts(db, pk)
      known.set(pk, facts)
    }
    return facts
  }
  let best: FoundPair[] = []
  let found = 0
  let done = 0
  for (const [a, b] of pairs) {
    if (done++ % STEP === 0) {
      call.progress({ phase: 'compare', done: done - 1, total })
      if (call.stopped()) return null
    }
    const one = factsOf(a)
    const other = factsOf(b)
    if (!one || !other || apart.has(`${a}/${b}`)) continue
    const { score, reasons } = judge(one, other, rarity)
    if (score < LIKELY) continue
    found++
    best.push({ a, b, score, reasons })
    if (best.length > keep * 2) best = likeliest(best, keep)
  }
  call.progress({ phase: 'compare', done: total, total })
  return { pairs: likeliest(best, keep), found, compared: total }
}

/** Likeliest first; of equals the newest customers. */
const likeliest = (pairs: FoundPair[], keep: number) =>
  pairs.sort((x, y) => y.score - x.score || y.a - x.a || y.b - x.b).slice(0, keep)
