import { digitsNeedRecheck, ftsQuery, NOTHING, type Query } from '../../../shared/domain/search-tokens.ts'
import { looseForms, looseKey, looseSql, sortKey } from '../../../shared/domain/sort-key.ts'
import type { Db } from '../../db/open.ts'
import { rotations } from '../customers/filter.ts'
import { hasDigits } from '../customers/recheck.ts'

/** Rows the index may give: the newest of them, so that no question gets slow however much matches; a screen shows twenty. */
const CANDIDATES = 300
/** Rows a b-tree probe may give. */
const PROBED = 50
/** Ways of writing آ and ا that are probed; the rest of them the index finds. */
const FORMS = 4
/** Records opened that count as recent. */
const RECENT = 50

const SPACE = sortKey(' ')
/** The name as shown, without gaps and with the letters fold makes one of; stored names are tidied, so these are all that is left. */
const SHOWN = [
  ['\u200c', ''],
  [' ', ''],
  ['آ', 'ا'],
  ['أ', 'ا'],
  ['إ', 'ا'],
  ['ؤ', 'و'],
  ['ئ', 'ی'],
  ['ۀ', 'ه'],
  ['ة', 'ه'],
  ['ء', ''],
].reduce((sql, [from, to]) => `replace(${sql}, '${from}', '${to}')`, 'lower(p.name)')
const FIRST_LETTERS: Readonly<Record<string, string>> = { ا: 'اآأإ', و: 'وؤ', ی: 'یئ' }
const SORTED = looseSql(`replace(p.name_sort, '${SPACE}', '')`)
const INITIAL = looseSql('substr(p.name_sort, 1, 1)')

/**
 * The best `limit` customers for a query, as pks: exact phone or code, exact name, name prefix, recently opened, the rest by name; among
 * equals the recently opened first. One question to the search index and a few index probes; never a scan.
 */
export function candidates(db: Db, query: Query, limit: number): number[] {
  const begins = db.prepare('SELECT 1 FROM party_fts WHERE party_fts MATCH ? LIMIT 1')
  const match = ftsQuery(query, (prefix) => begins.get(`"${prefix}"*`) !== undefined)
  if (match === null || match === NOTHING) return []
  const namesOnly = query.digits.length === 0
  const [digits] = query.digits
  const numbers = query.words.length === 0 && query.digits.length === 1 ? byNumber(db, digits!) : []
  const keys = namesOnly ? rotations(query.words).flatMap((w) => looseForms(sortKey(w.join(' ')), FORMS)) : []
  const named = keys.flatMap((key) => byNamePrefix(db, key))
  const checks = digitsNeedRecheck(query).map(hasDigits)
  const rank = namesOnly ? nameRank(query.words) : { sql: '4', params: [] }
  const rows = db
    .prepare(
      `WITH c(pk) AS (SELECT rowid FROM (SELECT rowid FROM party_fts WHERE party_fts MATCH ? ORDER BY rowid DESC LIMIT ${CANDIDATES})
         UNION SELECT value FROM json_each(?))
       SELECT p.pk FROM c CROSS JOIN party p ON p.pk = c.pk WHERE ${['1', ...checks.map((s) => s.sql)].join(' AND ')}
       ORDER BY CASE WHEN p.pk IN (SELECT value FROM json_each(?)) THEN 0 ELSE ${rank.sql} END,
         p.pk IN (SELECT value FROM json_each(?)) DESC, p.name_sort, p.pk LIMIT ?`,
    )
    .all(
      match,
      JSON.stringify([...numbers, ...named]),
      ...checks.flatMap((s) => s.params),
      JSON.stringify(numbers),
      ...rank.params,
      JSON.stringify(recentOnes(db)),
      limit,
    )
  return pksOf(rows)
}

const pksOf = (rows: unknown[]): number[] => (rows as Array<{ pk: number }>).map((r) => r.pk)

/** A whole phone number or code. parseQuery takes leading zeros and 98 off, which codes may have. */
function byNumber(db: Db, digits: string): number[] {
  const spellings = JSON.stringify([digits, `0${digits}`, `00${digits}`, `98${digits}`])
  const code = (column: string) =>
    `SELECT p.pk FROM party p WHERE p.${column} IN (SELECT value FROM json_each(@codes)) AND +p.deleted = 0`
  const rows = db
    .prepare(
      `SELECT p.pk FROM party_channel c CROSS JOIN party p ON p.id = c.party_id
         WHERE c.key = @key AND c.key <> '' AND c.deleted = 0 AND p.deleted = 0
       UNION ${code('national_id')} UNION ${code('company_id')} UNION ${code('economic_code')} LIMIT ${PROBED}`,
    )
    .all({ key: digits, codes: spellings })
  return pksOf(rows)
}

/** Names that begin so as they are sorted (family first), nearest first: the index may hold more than it may give. */
function byNamePrefix(db: Db, key: string): number[] {
  const rows = db
    .prepare(
      `SELECT p.pk FROM party p INDEXED BY party_by_name
       WHERE p.deleted = 0 AND p.name_sort >= ? AND p.name_sort < ? ORDER BY p.name_sort LIMIT ${PROBED}`,
    )
    .all(key, `${key}\u{10ffff}`)
  return pksOf(rows)
}

function recentOnes(db: Db): number[] {
  const rows = db
    .prepare(
      `SELECT p.pk FROM (SELECT party_id FROM recent ORDER BY at DESC LIMIT ${RECENT}) r CROSS JOIN party p ON p.id = r.party_id`,
    )
    .all()
  return pksOf(rows)
}

/**
 * 1: the name itself, 2: its beginning, 4: the rest. A name counts as it is shown and as it is sorted (family first), without gaps, for
 * «علی پور» and «علیپور» are one; its words may be typed in turned order. The first letter is looked at first: it settles most rows.
 */
function nameRank(words: readonly string[]): { sql: string; params: string[] } {
  const keys = rotations(words).map((turn) => looseKey(sortKey(turn.join(''))))
  const shown = words.join('')
  const first = [...shown].slice(0, 1).join('')
  return {
    sql: `CASE ${keys.map(() => `WHEN ${INITIAL} = ? AND instr(${SORTED}, ?) = 1 THEN 2 - (${SORTED} = ?)`).join(' ')}
      WHEN instr(?, lower(substr(p.name, 1, 1))) > 0 AND instr(${SHOWN}, ?) = 1 THEN 2 ELSE 4 END`,
    params: [...keys.flatMap((key) => [key.slice(0, 1), key, key]), FIRST_LETTERS[first] ?? first, shown],
  }
}
