import { fold, spellings, ZWNJ } from './persian-text.ts'

export { matchRanges } from './match-ranges.ts'

/**
 * The tokens of the search index and the query that asks for them. Both sides pass the same fold, so that
 * علی‌پور, علی پور, علیپور and their Arabic-letter forms meet. Raise the version when tokens change: the index is rebuilt.
 */
export const SEARCH_VERSION = 1

const NOT_WORD = /[^\p{L}\p{N}\u200c]+/u

/** Folded words of a text, each as its half-space parts. */
function foldedWords(text: string): string[][] {
  const out: string[][] = []
  for (const word of fold(text).split(NOT_WORD)) {
    const parts = word.split(ZWNJ).filter(Boolean)
    if (parts.length > 0) out.push(parts)
  }
  return out
}

function withSpellings(tokens: Iterable<string>): string[] {
  const out = new Set<string>()
  for (const token of tokens) for (const form of spellings(token)) out.add(form)
  return [...out]
}

/** Tokens of a person's or company's name: parts, half-space words joined, and each pair of neighbours joined. */
export function nameTokens(text: string): string[] {
  const words = foldedWords(text)
  const parts = words.flat()
  const tokens = new Set(parts)
  for (const word of words) if (word.length > 1) tokens.add(word.join(''))
  for (let i = 1; i < parts.length; i++) tokens.add(parts[i - 1]! + parts[i]!)
  return withSpellings(tokens)
}

/** Tokens of running text (cities, tags, notes): parts and half-space words joined. Long numbers also without 0 or 98. */
export function wordTokens(text: string): string[] {
  const tokens = new Set<string>()
  for (const word of foldedWords(text)) {
    for (const part of word) tokens.add(part)
    if (word.length > 1) tokens.add(word.join(''))
    for (const part of word) if (/^\d{5,}$/.test(part)) tokens.add(nationalDigits(part))
  }
  return withSpellings(tokens)
}

/**
 * Tokens of a phone number or code: every four digits in a row, and the last three (a query of three digits asks for
 * four-digit tokens that begin with them, which misses only the end).
 */
export function digitTokens(nationalDigits: string): string[] {
  const d = nationalDigits
  if (d.length < 4) return d ? [d] : []
  const out = new Set(fourGrams(d))
  out.add(d.slice(-3))
  return [...out]
}

export function fourGrams(digits: string): string[] {
  const out: string[] = []
  for (let i = 0; i + 4 <= digits.length; i++) out.push(digits.slice(i, i + 4))
  return out
}

export type Query = { words: string[]; digits: string[] }

const DIGIT_GROUP = /^\+?[\d().\-\u2010-\u2015\u2212]*\d[\d().\-\u2010-\u2015\u2212]*$/

/** Splits what was typed into folded words and runs of digits; digit groups written apart become one run. */
export function parseQuery(text: string): Query {
  const words: string[] = []
  const digits: string[] = []
  let run = ''
  const endRun = () => {
    if (run) digits.push(nationalDigits(run))
    run = ''
  }
  for (const token of fold(text).split(/[\s\u200c]+/)) {
    if (DIGIT_GROUP.test(token)) {
      if (token.startsWith('+')) endRun()
      run += token.replace(/[^\d+]/g, '')
      continue
    }
    const parts = token.split(NOT_WORD).filter(Boolean)
    if (parts.length === 0) continue
    endRun()
    words.push(...parts)
  }
  endRun()
  return { words, digits }
}

/** Takes off +98, 0098, 98 (when too long for a national number) and the leading 0; a foreign number keeps its country code. */
function nationalDigits(run: string): string {
  const plain = run.replace(/\D/g, '')
  let d = plain
  if (run.startsWith('+98') || d.startsWith('0098')) d = d.slice(run.startsWith('+') ? 2 : 4)
  else if (/^98\d{9,10}$/.test(d)) d = d.slice(2)
  d = d.replace(/^0{1,2}/, '')
  return d || plain
}

/** The question no customer answers. */
export const NOTHING = '""'

/** A word as an FTS5 string: fold leaves letters and digits only, the doubling is for certainty. */
const quoted = (word: string) => `"${word.replaceAll('"', '""')}"`

/** The ways to write neighbouring words as one: all of them up to four words, single pairs up to eight, then none. */
function joinings(words: readonly string[]): string[][] {
  const n = words.length
  if (n > 8) return [[...words]]
  if (n > 4) {
    const pairs = words.slice(1).map((w, i) => [...words.slice(0, i), words[i]! + w, ...words.slice(i + 2)])
    return [[...words], ...pairs]
  }
  const out: string[][] = []
  for (let mask = 0; mask < 1 << (n - 1); mask++) {
    const way = [words[0]!]
    for (let i = 1; i < n; i++) {
      if (mask & (1 << (i - 1))) way[way.length - 1] += words[i]!
      else way.push(words[i]!)
    }
    out.push(way)
  }
  return out
}

/** Longest beginning that the search index answers at once (the prefix lengths of party_fts); longer ones are gathered word by word. */
export const INDEXED_PREFIX = 4

/** @param mayBegin whether any token begins so; a way of writing with a word that nobody has is left out, which makes a miss cheap */
function wordClause(words: readonly string[], mayBegin: (prefix: string) => boolean = () => true): string | null {
  if (words.length === 0) return null
  const known = new Map<string, boolean>()
  const lives = (word: string) => {
    const prefix = [...word].slice(0, INDEXED_PREFIX).join('')
    const lived = known.get(prefix) ?? mayBegin(prefix)
    known.set(prefix, lived)
    return lived
  }
  const living = joinings(words).filter((way) => way.every(lives))
  if (living.length === 0) return NOTHING
  const ways = living.map((way) => {
    // Every word may be a part: people type «کریم محم» as readily as «محمد کریمی».
    const terms = way.map((w) => `${quoted(w)}*`)
    return terms.length > 1 ? `(${terms.join(' AND ')})` : terms[0]!
  })
  return ways.length > 1 ? `(${ways.join(' OR ')})` : ways[0]!
}

function digitClause(d: string): string {
  if (d.length < 4) return `${quoted(d)}*`
  const grams = [...new Set(fourGrams(d))].map(quoted)
  return grams.length > 1 ? `(${grams.join(' AND ')})` : grams[0]!
}

/**
 * The FTS5 MATCH string over customers, null when there is nothing to look for, NOTHING when nothing can be found.
 * @param mayBegin as of wordClause; asked for beginnings of at most INDEXED_PREFIX letters
 */
export function ftsQuery(q: Query, mayBegin?: (prefix: string) => boolean): string | null {
  const words = wordClause(q.words, mayBegin)
  return words === NOTHING ? NOTHING : joinClauses([words, ...q.digits.map(digitClause)])
}

/** The same over running text (notes), where numbers are whole words and not cut into four-digit tokens. */
export function textFtsQuery(q: Query): string | null {
  return joinClauses([wordClause(q.words), ...q.digits.map((d) => `${quoted(d)}*`)])
}

/** Does a running text answer the query as note_fts would? For the few texts of one customer: a common word is in a million others. */
export function textAnswers(q: Query): (text: string) => boolean {
  const ways = q.words.length > 0 ? joinings(q.words) : [[]]
  return (text) => {
    const tokens = wordTokens(text)
    const has = (beginning: string) => tokens.some((token) => token.startsWith(beginning))
    return q.digits.every(has) && ways.some((way) => way.every(has))
  }
}

function joinClauses(clauses: Array<string | null>): string | null {
  const some = clauses.filter((c) => c !== null)
  return some.length > 0 ? some.join(' AND ') : null
}

/** Runs of which the four-digit tokens may all be there without the run itself: hold them against the number's text. */
export function digitsNeedRecheck(q: Query): string[] {
  return q.digits.filter((d) => d.length >= 5)
}
