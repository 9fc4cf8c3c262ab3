/**
 * One spelling for one word. `tidy` mends what is stored and shown; `fold` makes the key that is searched and sorted by.
 * The mappings are those measured for Iranian names: see the notes at each table.
 */

export { fixKeyboard, fixKeyboardToLatin } from './keyboard-layout.ts'

export const ZWNJ = '\u200c'

/** Arabic code points that Persian keyboards, old Windows and phones produce for the same Persian letter. */
const DISPLAY_LETTERS: Record<string, string> = { ي: 'ی', ى: 'ی', ك: 'ک' }

/** Presentation forms come out of old PDFs and Excel files; U+FDFC (the rial sign) is a real sign and stays. */
const PRESENTATION = /[\ufb50-\ufdfb\ufe70-\ufefc]+/g
/** What carries nothing in a name or a phone, anywhere in it: control characters but \n (\t is a space first), direction marks and overrides. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
/** Spaces and joiners; joiners mean something only between letters. */
const ENDS = /^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g

/**
 * Most texts need no mending, and telling so is much quicker than mending: ASCII, letters and digits as they are stored, with single
 * spaces, half-spaces or line breaks between them.
 */
const TIDY =
  /^[!-~\u060c\u061b\u061f\u0621-\u063a\u0641\u0642\u0644-\u0648\u0660-\u0669پچژکگی۰-۹«»]+(?:[ \n\u200c][!-~\u060c\u061b\u061f\u0621-\u063a\u0641\u0642\u0644-\u0648\u0660-\u0669پچژکگی۰-۹«»]+)*$/

/** Mends typed or pasted text for storing: letters, half-spaces, spaces. Digits and line breaks stay as they are. */
export function tidy(s: string): string {
  if (s === '' || TIDY.test(s)) return s
  return s
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\t\v\f]/g, ' ')
    .replace(UNSEEN, '')
    .replace(PRESENTATION, (run) => run.normalize('NFKC'))
    .normalize('NFC')
    .replace(/[يىك]/g, (c) => DISPLAY_LETTERS[c] ?? c)
    .replace(/[\u00ac\u200b]/g, ZWNJ)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\u200c{2,}/g, ZWNJ)
    .replace(/\u200c*([ \n])[\u200c ]*/g, '$1')
    .replace(/ +\n/g, '\n')
    .replace(ENDS, '')
}

const FOLD_LETTERS: Record<string, string> = {}
for (const [to, from] of [
  ['ی', 'يىئېێے'],
  ['ک', 'كڪ'],
  ['ه', 'ةۀەہھ'],
  ['و', 'ؤۆۇ'],
  ['ا', 'أإآٱ'],
  ['ر', 'ڕ'],
  ['ل', 'ڵ'],
  [ZWNJ, '\u00ac\u200b'],
  ['', 'ء'],
] as const) {
  for (const c of from) FOLD_LETTERS[c] = to
}
for (let d = 0; d < 10; d++) {
  FOLD_LETTERS[String.fromCharCode(0x0660 + d)] = String(d)
  FOLD_LETTERS[String.fromCharCode(0x06f0 + d)] = String(d)
}

const PLAIN_PERSIAN = /^[ -@[-~ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی \u200c]*$/
/** Marks, tatweel and every invisible control except ZWNJ, then the letters above. */
const FOLDED = new RegExp(
  `[\\p{Mn}\\u0640\\u200d-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\u061c\\ufeff\\u00ad${Object.keys(FOLD_LETTERS).join('')}]`,
  'gu',
)

/** The search key of a text: compatibility forms, marks, letter variants, digits and case folded. ZWNJ is kept. */
export function fold(s: string): string {
  if (PLAIN_PERSIAN.test(s)) return s
  return s
    .normalize('NFKD')
    .replace(FOLDED, (c) => FOLD_LETTERS[c] ?? '')
    .toLowerCase()
}

/** ۱۲۳ and ١٢٣ to 123; all else stays. */
export function toLatinDigits(s: string): string {
  return s.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (c) => String(c.charCodeAt(0) & 15))
}

/** 123 and ١٢٣ to ۱۲۳; all else stays. */
export function toPersianDigits(s: string): string {
  return s.replace(/[0-9\u0660-\u0669]/g, (c) => String.fromCharCode(0x06f0 + (c.charCodeAt(0) & 15)))
}

/**
 * Words that remain different after folding though they are one word (folded forms). The first two come from the seat of
 * the hamza, the rest are the two usual spellings of a given name.
 */
const SPELLINGS: ReadonlyArray<readonly string[]> = [
  ['هیات', 'هییت'],
  ['مسوول', 'مسیول'],
  ['مساله', 'مسیله'],
  ['رووف', 'ریوف', 'روف'],
  ['داود', 'داوود'],
  ['کاوس', 'کاووس'],
  ['سیاوش', 'سیاووش'],
  ['اسماعیل', 'اسمعیل'],
  ['اسحاق', 'اسحق'],
  ['رحمان', 'رحمن'],
  ['طه', 'طاها'],
]
/** Short forms that are inside many other words: only the whole token counts. */
const WHOLE_ONLY = new Set(['روف', 'داود', 'طه', 'طاها'])

/** Most tokens have one spelling: one look settles it. */
const HAS_SPELLINGS = new RegExp(`${SPELLINGS.flat().join('|')}|الله$|اله$`)

/** A folded token and its other accepted spellings (نعمت‌الله is also written نعمت‌اله), the token itself first. */
export function spellings(token: string): string[] {
  if (!HAS_SPELLINGS.test(token)) return [token]
  const out = [token]
  for (const group of SPELLINGS) {
    const found = group.find((w) => (WHOLE_ONLY.has(w) ? token === w : token.includes(w)))
    if (found) for (const w of group) if (w !== found) out.push(token.replace(found, w))
  }
  if (token.endsWith('الله')) out.push(`${token.slice(0, -4)}اله`)
  else if (token.endsWith('اله') && (token.length === 3 || token.length > 4)) out.push(`${token.slice(0, -3)}الله`)
  return out
}
