import type { z } from 'zod'
import type { NamedPeople } from '../../../shared/contract/search.ts'
import { FEMALE_NAMES, MALE_NAMES } from '../../../shared/data/given-names.ts'
import { COMPANY_WORDS } from '../../../shared/data/name-words.ts'
import { fold, ZWNJ } from '../../../shared/domain/persian-text.ts'
import { parseQuery } from '../../../shared/domain/search-tokens.ts'
import type { Db } from '../../db/open.ts'
import { rowsByPk } from '../customers/rows.ts'
import { candidates } from './candidates.ts'
import { matchesOf } from './match.ts'

/** A name spoken of in a sentence: these say who somebody is; a city or a tag that happens to match does not. */
const TELLING = new Set(['name', 'phone', 'company', 'code'])
/** Words at the end of a name that may belong to the sentence instead. */
const MOST_LEFT_OUT = 3
/** Asked for besides what is shown, because some are passed over. */
const SPARE = 10

/**
 * Whom a name in a sentence means: the customers found by it, best first, and the one it surely means, if any. A name that finds nobody is
 * tried without its last words, which are then given back as `rest`; what is left must be more than a given name. «مغازهٔ عمران» may be where
 * «عمران» is.
 */
export function peopleOf(db: Db, name: string, limit: number): z.infer<typeof NamedPeople> {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const found = foundBy(db, name, words, limit)
  const isPlace = words.length > 1 && PLACES.has(keyOf(words[0]!))
  return found.customers.length === 0 && isPlace ? foundBy(db, name, words.slice(1), limit) : found
}

function foundBy(db: Db, name: string, words: readonly string[], limit: number): z.infer<typeof NamedPeople> {
  for (let n = words.length; n > 0 && n >= words.length - MOST_LEFT_OUT; n--) {
    const head = words.slice(0, n)
    if (n < words.length && isGiven(head)) break
    const rows = named(db, head.join(' '), limit)
    if (rows.length === 0) continue
    const customers = rows.slice(0, limit)
    const rest = words.slice(n).join(' ')
    return { name, rest, customers, clear: rest ? null : clear(rows, head), more: rows.length > limit }
  }
  return { name, rest: '', customers: [], clear: null, more: false }
}

/** At most one more than `limit`, to know that there are more. */
function named(db: Db, text: string, limit: number) {
  const query = parseQuery(text)
  const rows = rowsByPk(db, candidates(db, query, limit + SPARE))
  if (rows.length === 0) return []
  const matches = matchesOf(db, rows, query)
  return rows.filter((_, i) => TELLING.has(matches[i]!.field)).slice(0, limit + 1)
}

const keyOf = (name: string) => fold(name).replaceAll(ZWNJ, '').replace(/\s+/g, '')
const GIVEN: ReadonlySet<string> = new Set([...MALE_NAMES, ...FEMALE_NAMES].map(keyOf))
/** Where people are found, said before their name. */
const PLACES: ReadonlySet<string> = new Set(
  [...COMPANY_WORDS, 'مغازه', 'دکان', 'حجره', 'غرفه', 'خانه', 'منزل', 'ساختمان', 'باغ', 'محل'].map(keyOf),
)
const isGiven = (words: readonly string[]) => words.every((word) => GIVEN.has(keyOf(word)))

/** The only one, or the only one of exactly this name; a single word is what many are called by. */
function clear(rows: ReadonlyArray<{ id: string; name: string }>, words: readonly string[]): string | null {
  if (rows.length === 1) return rows[0]!.id
  if (words.length < 2) return null
  const key = keyOf(words.join(''))
  const same = rows.filter((row) => keyOf(row.name) === key)
  return same.length === 1 ? same[0]!.id : null
}
