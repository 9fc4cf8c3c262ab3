import { fold } from './persian-text.ts'

/**
 * Keys that SQLite's byte order sorts as the Persian alphabet: one character per primary weight of the folded text, so the
 * key of a prefix is a prefix of the key. Neither Node's ICU nor the driver can give such keys or collations (IRAN.md 3.2).
 *
 * ORDER was written once by ranking these characters with Intl.Collator('fa', { sensitivity: 'base' }) of ICU 78 and is
 * frozen here, because stored keys must not change with the Electron version. A test holds it to the collator. Raise the
 * version when it changes: the keys are rebuilt. Persian letters fit into one byte each.
 */
export const SORT_VERSION = 1

const ORDER =
  ' _-–—,،;؛:!?؟.\'"«»()[]{}@*/\\&#%٪`^+<=>|~−$0123456789' +
  'ابپتثٹټجچحخځڅدذڈډرزڑړژسشصضطظعغفڤقکگلمنںڼوهی' +
  'abcdefghijklmnopqrstuvwxyz'
const FIRST_WEIGHT = 0x20
/** Rarer characters follow all of the above by code point; the low ones move to the private area to get there. */
const RARE_BASE = 0xe000

const WEIGHTS = new Map<string, string>([['\u200c', '']])
for (let i = 0; i < ORDER.length; i++) WEIGHTS.set(ORDER[i]!, String.fromCharCode(FIRST_WEIGHT + i))
WEIGHTS.set('ڭ', WEIGHTS.get('ک')!)

export function sortKey(text: string): string {
  let key = ''
  for (const c of fold(text)) key += WEIGHTS.get(c) ?? rare(c)
  return key
}

function rare(c: string): string {
  const code = c.codePointAt(0)!
  return code < 0x700 ? String.fromCharCode(RARE_BASE + code) : c
}
