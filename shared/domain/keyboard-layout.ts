const ZWNJ = '\u200c'

/** Keys of the standard Persian layout (ISIRI 9147); پ is also given where the older Windows layout has it (\ and `). */
const LETTERS: ReadonlyArray<readonly [string, string]> = [
  ["qwertyuiop[]asdfghjkl;'zxcvbnm,", 'ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو'],
  ['ASDFGHJCM', 'ؤئيإأآةژء'],
]

const TO_PERSIAN = new Map<string, string>()
const TO_LATIN = new Map<string, string>()
for (const [keys, letters] of LETTERS) {
  for (let i = 0; i < keys.length; i++) {
    TO_PERSIAN.set(keys[i]!, letters[i]!)
    TO_LATIN.set(letters[i]!, keys[i]!)
  }
}
for (const [key, letter] of [
  ['\\', 'پ'],
  ['`', 'پ'],
  ['B', ZWNJ],
  ['D', 'ی'],
  ['?', '؟'],
] as const) {
  TO_PERSIAN.set(key, letter)
}
TO_LATIN.set('ي', 'd').set('ك', ';').set('؟', '?').set('؛', '"').set('،', 'T').set(ZWNJ, ' ')

/** What the hands meant when Persian was typed with the Latin layout on: «sghl» gives «سلام». Other signs stay. */
export function fixKeyboard(s: string): string {
  return mapKeys(s, (c) => TO_PERSIAN.get(c) ?? TO_PERSIAN.get(c.toLowerCase()))
}

/** The reverse: Latin meant, Persian layout on («شمه» gives «ali»). Persian digits become Latin ones. */
export function fixKeyboardToLatin(s: string): string {
  return mapKeys(s, (c) => TO_LATIN.get(c) ?? (/[۰-۹٠-٩]/.test(c) ? String(c.charCodeAt(0) & 15) : undefined))
}

function mapKeys(s: string, key: (c: string) => string | undefined): string {
  let out = ''
  for (const c of s) out += key(c) ?? c
  return out
}
