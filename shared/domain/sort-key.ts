import { fold } from './persian-text.ts'

/**
 * Keys that SQLite's byte order sorts as the Persian alphabet: one character per primary weight of the folded text, so the
 * key of a prefix is a prefix of the key. Neither Node's ICU nor the driver can give such keys or collations (IRAN.md 3.2).
 *
 * ORDER was written once by ranking these characters with Intl.Collator('fa', { sensitivity: 'base' }) of ICU 78 and is
 * frozen here, because stored keys must not change with the Electron version. A test holds it to the collator. Raise the
 * version when it changes: the keys are rebuilt. Persian letters fit into one byte each.
 *
 * آ is the first letter of the alphabet, unlike the carriers of a hamza, which are sorted as the letter they sit on. People leave
 * its hat out when they look for a name, so keys are compared loosely: `looseKey` in memory, `looseForms` as probes of an index.
 */
export const SORT_VERSION = 2

const ORDER =
  ' _-–—,،;؛:!?؟.\'"«»()[]{}@*/\\&#%٪`^+<=>|~−$0123456789' +
  'آابپتثٹټجچحخځڅدذڈډرزڑړژسشصضطظعغفڤقکگلمنںڼوهی' +
  'abcdefghijklmnopqrstuvwxyz'
const FIRST_WEIGHT = 0x20
/** Rarer characters follow all of the above by code point; the low ones move to the private area to get there. */
const RARE_BASE = 0xe000

const WEIGHTS = new Map<string, string>([['\u200c', '']])
for (let i = 0; i < ORDER.length; i++) WEIGHTS.set(ORDER[i]!, String.fromCharCode(FIRST_WEIGHT + i))
WEIGHTS.set('ڭ', WEIGHTS.get('ک')!)

const HATTED = WEIGHTS.get('آ')!
const ALEF = WEIGHTS.get('ا')!
const ALEFS = new RegExp(`[${HATTED}${ALEF}]`, 'g')
const SPACE = WEIGHTS.get(' ')!

export function sortKey(text: string): string {
  const folded = fold(text)
  // Text that fold leaves alone has no آ; elsewhere fold would make it an alef.
  if (folded === text) return weights(folded)
  return text
    .normalize('NFKC')
    .split('آ')
    .map((part) => weights(fold(part)))
    .join(HATTED)
}

function weights(folded: string): string {
  let key = ''
  for (const c of folded) key += WEIGHTS.get(c) ?? rare(c)
  return key
}

/** The key with آ and ا as one: for comparing what people type («ارش») with what is stored («آرش»). */
export const looseKey = (key: string): string => key.replaceAll(HATTED, ALEF)

/** The same in SQL, over an expression that gives a key. */
export const looseSql = (sql: string): string => `replace(${sql}, '${HATTED}', '${ALEF}')`

/**
 * The keys that a key may have in an index whichever way each آ or ا of it is written, the key itself first: at most `limit`, words'
 * first letters before others, for there it is the hat is mostly left out.
 */
export function looseForms(key: string, limit: number): string[] {
  const at = [...key.matchAll(ALEFS)].map((m) => m.index)
  const first = at.filter((i) => i === 0 || key[i - 1] === SPACE)
  let forms = [key]
  for (const i of [...first, ...at.filter((i) => !first.includes(i))]) {
    if (forms.length * 2 > limit) break
    const other = key[i] === ALEF ? HATTED : ALEF
    forms = forms.flatMap((form) => [form, form.slice(0, i) + other + form.slice(i + 1)])
  }
  return forms
}

function rare(c: string): string {
  const code = c.codePointAt(0)!
  return code < 0x700 ? String.fromCharCode(RARE_BASE + code) : c
}
