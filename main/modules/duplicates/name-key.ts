import { FAMILY_NAMES } from '../../../shared/data/family-names.ts'
import { FEMALE_NAMES, MALE_NAMES } from '../../../shared/data/given-names.ts'
import { COMPANY_SORTS, TITLES } from '../../../shared/data/name-words.ts'
import { fold, spellings } from '../../../shared/domain/persian-text.ts'
import { oneSlip } from '../customers/same-name.ts'

/**
 * Names as the search for duplicates compares them: folded (ي/ی, ك/ک, ة/ه, آ/ا, marks), without titles and the words that only say what
 * sort of company it is, one spelling for the usual pairs (اسماعیل، اسمعیل), whatever the gaps and the order.
 */
export interface NameKey {
  /** Sorted by letters, never empty words. */
  words: readonly string[]
  /** All letters of the words sorted: the same for every order and every way to set half-spaces. Empty for no name. */
  letters: string
  /** The words joined in the order they were written. */
  text: string
}

const plain = (word: string) => fold(word).replaceAll('\u200c', '')
const SKIPPED = new Set([...TITLES, ...COMPANY_SORTS].map(plain))
/** Names that are names of their own, not slips of each other. */
const KNOWN = new Set([...MALE_NAMES, ...FEMALE_NAMES, ...FAMILY_NAMES].map((name) => oneSpelling(plain(name))))

export interface NameColumns {
  kind: 'person' | 'company'
  first_name: string | null
  last_name: string | null
  company_name: string | null
}

/** Key of a customer's name; a person without one has the company's. */
export function nameKey(row: NameColumns): NameKey {
  const person = `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim()
  const text = row.kind === 'company' ? row.company_name || person : person || row.company_name || ''
  return keyOfText(text)
}

export function keyOfText(text: string): NameKey {
  const all: string[] = []
  for (const word of fold(text).split(/[^\p{L}\p{N}\u200c]+/u)) {
    // «علی‌پور» is two words here, as it is for whoever leaves the half-space out.
    for (const part of word.split('\u200c')) if (part) all.push(oneSpelling(part))
  }
  const telling = all.filter((word) => !SKIPPED.has(word))
  const words = telling.length > 0 ? telling : all
  return { words: [...words].sort(), letters: [...words.join('')].sort().join(''), text: words.join('') }
}

/** The first of the accepted spellings stands for all of them. */
function oneSpelling(word: string): string {
  const forms = spellings(word)
  return forms.length > 1 ? forms.sort()[0]! : word
}

/** The letters themselves, and with any one of them left out: names that differ by one letter share at least one of these. */
export function lettersWithout(letters: string): string[] {
  const out = [letters]
  for (let i = 0; i < letters.length; i++) {
    if (i > 0 && letters[i] === letters[i - 1]) continue
    out.push(letters.slice(0, i) + letters.slice(i + 1))
  }
  return out
}

export type NameRelation = 'same' | 'near' | 'part' | 'none' | 'unknown'

/** Names shorter than this are too like each other for a slip to be seen. */
const SHORTEST = 5

/**
 * 'same': the same letters in the same words or order; 'near': one slip (a letter more, less, another, two swapped, or one doubled) in names
 * of five letters and more; 'part': one name is among the words of the other; 'unknown': one has none.
 */
export function relate(a: NameKey, b: NameKey): NameRelation {
  if (a.words.length === 0 || b.words.length === 0) return 'unknown'
  if (a.letters === b.letters && (a.words.join(' ') === b.words.join(' ') || rotations(a).includes(b.text)))
    return 'same'
  if (Math.min(a.text.length, b.text.length) >= SHORTEST && Math.abs(a.text.length - b.text.length) <= 1) {
    const [x, y] = oddWords(a.words, b.words)
    // حسنی and حسینی differ by one letter and are two names.
    const isSlip = x.length !== 1 || y.length !== 1 || !(KNOWN.has(x[0]!) && KNOWN.has(y[0]!))
    if (isSlip && x.length === 1 && y.length === 1 && oneSlip(x[0]!, y[0]!)) return 'near'
    if (isSlip && rotations(a).some((turn) => oneSlip(turn, b.text))) return 'near'
  }
  const [few, many] = a.words.length <= b.words.length ? [a, b] : [b, a]
  return few.words.length < many.words.length && few.words.every((word) => many.words.includes(word)) ? 'part' : 'none'
}

/** The words of each that the other has not. */
function oddWords(a: readonly string[], b: readonly string[]): [string[], string[]] {
  const left = [...b]
  const odd = a.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [odd, left]
}

/** The words joined, beginning with each in turn. The written order is in `text` only; every word begins somewhere in it. */
function rotations({ text, words }: NameKey): string[] {
  const out = new Set([text])
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      out.add(text.slice(at) + text.slice(0, at))
  }
  return [...out]
}
