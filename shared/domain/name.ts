import { FEMALE_NAMES, MALE_NAMES } from '../data/given-names.ts'
import { COMPANY_WORDS, COMPOUND_SECONDS, FAMILY_ENDINGS, TITLES } from '../data/name-words.ts'
import { fold, tidy } from './persian-text.ts'

const bare = (word: string) => fold(word).replaceAll('\u200c', '')
const TITLE_KEYS = new Set(TITLES.map(bare))
const ENDING_KEYS = new Set(FAMILY_ENDINGS.map(bare))
const GENDERS = [
  { given: new Set(MALE_NAMES.map(bare)), seconds: new Set(COMPOUND_SECONDS.male.map(bare)) },
  { given: new Set(FEMALE_NAMES.map(bare)), seconds: new Set(COMPOUND_SECONDS.female.map(bare)) },
]
const COMPANY_KEYS = new Set(COMPANY_WORDS.map(bare))

/**
 * The likely first and last name of a full name as typed. Titles (سید، حاج، دکتر) and compound given names (محمد علی، فاطمه
 * زهرا) stay with the first name; at least one word is left for the last name. One word is a last name.
 */
export function splitName(full: string): { first: string; last: string } {
  const words = tidy(full).split(/\s+/).filter(Boolean)
  if (words.length < 2) return { first: '', last: words[0] ?? '' }
  let at = 0
  while (at < words.length - 2 && TITLE_KEYS.has(bare(words[at]!))) at++
  at++
  if (at < words.length - 1 && isCompound(words[at - 1]!, words[at]!, words[at + 1]!)) at++
  return { first: words.slice(0, at).join(' '), last: words.slice(at).join(' ') }
}

function isCompound(given: string, second: string, next: string): boolean {
  const key = bare(second)
  if (key === 'الله' || key === 'اله') return true
  if (ENDING_KEYS.has(bare(next))) return false
  return GENDERS.some((g) => g.given.has(bare(given)) && g.seconds.has(key))
}

/** Whether a name has a word only businesses have (شرکت، فروشگاه، کلینیک). */
export function looksLikeCompany(full: string): boolean {
  return fold(full)
    .split(/[^\p{L}\p{N}\u200c]+/u)
    .some((word) => COMPANY_KEYS.has(bare(word)) || word.split('\u200c').some((part) => COMPANY_KEYS.has(part)))
}

export type NameParts = {
  kind: 'person' | 'company'
  first_name: string | null
  last_name: string | null
  company_name: string | null
}

const joined = (...parts: Array<string | null>) => parts.filter((p) => p !== null && p !== '').join(' ')

/** The name to show; a person known only by a company has the company's. Empty when there is none. */
export function displayName(p: NameParts): string {
  const person = joined(p.first_name, p.last_name)
  return p.kind === 'company' ? p.company_name || person : person || (p.company_name ?? '')
}

/** The text to sort by: last name first, or the company's name. */
export function sortName(p: NameParts): string {
  const person = joined(p.last_name, p.first_name)
  return p.kind === 'company' ? p.company_name || person : person || (p.company_name ?? '')
}

/** The letter of an avatar: the first letter or digit after titles and words such as شرکت; آ stays آ. Empty when there is none. */
export function initial(name: string): string {
  const words = tidy(name).split(/[\s\u200c]+/)
  const telling = words.findIndex(
    (w) => /[\p{L}\p{N}]/u.test(w) && !TITLE_KEYS.has(bare(w)) && !COMPANY_KEYS.has(bare(w)),
  )
  const word = words[telling] ?? words.find((w) => /[\p{L}\p{N}]/u.test(w)) ?? ''
  return (/[\p{L}\p{N}]/u.exec(word)?.[0] ?? '').toUpperCase()
}
