import { fold } from '../../../shared/domain/persian-text.ts'
import { digitsNeedRecheck, ftsQuery, type Query } from '../../../shared/domain/search-tokens.ts'
import { sortKey } from '../../../shared/domain/sort-key.ts'
import type { Db } from '../../db/open.ts'
import { rotations } from '../customers/filter.ts'
import { hasDigits } from '../customers/recheck.ts'

/** Rows the index may give: the newest of them, so that no question gets slow however much matches. */
const CANDIDATES = 1000
/** Rows a b-tree probe may give. */
const PROBED = 50
/** Records opened that count as recent. */
const RECENT = 50

/** Ranks of MODEL.md. */
const RANK = { exactNumber: 0, exactName: 1, namePrefix: 2, recent: 3, rest: 4 } as const

interface Candidate {
  pk: number
  name_sort: string
  rank: number
}

/**
 * The best `limit` customers for a query, as pks: exact phone or code, exact name, name prefix, recently opened, the rest by name.
 * One question to the search index and a few index probes; never a scan.
 */
export function candidates(db: Db, query: Query, limit: number): number[] {
  const found = new Map<number, Candidate>()
  const note = (rank: number, rows: readonly unknown[]) => {
    for (const { pk, name_sort } of rows as Candidate[]) {
      const known = found.get(pk)
      if (!known) found.set(pk, { pk, name_sort, rank })
      else if (known.rank > rank) known.rank = rank
    }
  }
  const [digits] = query.digits
  if (digits !== undefined && query.digits.length === 1 && query.words.length === 0)
    note(RANK.exactNumber, byNumber(db, digits))
  if (query.words.length > 0 && query.digits.length === 0) {
    for (const words of rotations(query.words)) {
      const key = sortKey(words.join(' '))
      note(RANK.namePrefix, byNamePrefix(db, key))
    }
  }
  note(RANK.rest, byIndex(db, query))
  if (found.size > 0)
    note(
      RANK.recent,
      recentOnes(db).filter((r) => found.has(r.pk)),
    )
  if (query.words.length > 0 && query.digits.length === 0) rankNames(query.words, found)
  return [...found.values()]
    .sort((a, b) => a.rank - b.rank || (a.name_sort < b.name_sort ? -1 : a.name_sort > b.name_sort ? 1 : a.pk - b.pk))
    .slice(0, limit)
    .map((c) => c.pk)
}

/** A whole phone number or code. parseQuery takes leading zeros off, which codes have. */
function byNumber(db: Db, digits: string): unknown[] {
  const spellings = JSON.stringify([digits, `0${digits}`, `00${digits}`, `98${digits}`])
  const code = (column: string) =>
    `SELECT p.pk, p.name_sort FROM party p WHERE p.${column} IN (SELECT value FROM json_each(@codes)) AND +p.deleted = 0`
  return db
    .prepare(
      `SELECT p.pk, p.name_sort FROM party_channel c CROSS JOIN party p ON p.id = c.party_id
         WHERE c.key = @key AND c.key <> '' AND c.deleted = 0 AND p.deleted = 0
       UNION ${code('national_id')} UNION ${code('company_id')} UNION ${code('economic_code')} LIMIT ${PROBED}`,
    )
    .all({ key: digits, codes: spellings })
}

/** Names that begin so as they are sorted (family first), nearest first. */
function byNamePrefix(db: Db, key: string): unknown[] {
  return db
    .prepare(
      `SELECT p.pk, p.name_sort FROM party p INDEXED BY party_by_name
       WHERE p.deleted = 0 AND p.name_sort >= ? AND p.name_sort < ? ORDER BY p.name_sort LIMIT ${PROBED}`,
    )
    .all(key, `${key}\u{10ffff}`)
}

function byIndex(db: Db, query: Query): unknown[] {
  const match = ftsQuery(query)
  if (match === null) return []
  const checks = digitsNeedRecheck(query).map(hasDigits)
  return db
    .prepare(
      `SELECT p.pk, p.name_sort FROM (SELECT rowid FROM party_fts WHERE party_fts MATCH ? ORDER BY rowid DESC LIMIT ${CANDIDATES}) f
       CROSS JOIN party p ON p.pk = f.rowid ${checks.length > 0 ? `WHERE ${checks.map((c) => c.sql).join(' AND ')}` : ''}`,
    )
    .all(match, ...checks.flatMap((c) => c.params))
}

function recentOnes(db: Db): Candidate[] {
  return db
    .prepare(
      `SELECT p.pk, p.name_sort FROM (SELECT party_id FROM recent ORDER BY at DESC LIMIT ${RECENT}) r
       CROSS JOIN party p ON p.id = r.party_id WHERE p.deleted = 0`,
    )
    .all() as Candidate[]
}

/**
 * Exact names and names that begin so. The sort key is the folded name with the family first; a person's two halves may be typed
 * either way round, so a key that holds the words in turned order counts too.
 */
function rankNames(words: readonly string[], found: ReadonlyMap<number, Candidate>): void {
  const gapless = (text: string) => text.replaceAll(sortKey(' '), '')
  const typed = rotations(words).map((turn) => gapless(turn.map((w) => sortKey(fold(w))).join('')))
  for (const candidate of found.values()) {
    if (candidate.rank <= RANK.exactName) continue
    const name = gapless(candidate.name_sort)
    if (typed.includes(name)) candidate.rank = RANK.exactName
    else if (candidate.rank > RANK.namePrefix && typed.some((t) => name.startsWith(t))) candidate.rank = RANK.namePrefix
  }
}
