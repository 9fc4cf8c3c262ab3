import { SMALL_NUMBERS } from './number-words.ts'

/** Spoken and worn forms beside the book forms; all folded, without spaces. */
const CARDINALS = new Map<string, number>([
  ['یه', 1],
  ['ی', 1],
  ['چار', 4],
  ['شیش', 6],
  ['پونزده', 15],
  ['شونزده', 16],
  ['هیفده', 17],
  ['هیجده', 18],
  ['هژده', 18],
  ['صد', 100],
])
const ORDINALS = new Map<string, number>([
  ['اول', 1],
  ['چارم', 4],
  ['پونزدهم', 15],
  ['شونزدهم', 16],
  ['هیفدهم', 17],
  ['هیجدهم', 18],
])
const TENS = ['', '', 'بیست', 'سی', 'چهل', 'پنجاه', 'شصت', 'هفتاد', 'هشتاد', 'نود']
for (let n = 1; n < 100; n++) {
  const tens = n < 20 ? '' : TENS[Math.floor(n / 10)]!
  const unit = SMALL_NUMBERS[n < 20 ? n : n % 10]!
  const word = tens && unit ? `${tens}و${unit}` : tens + unit
  CARDINALS.set(word, n)
  ORDINALS.set(word.endsWith('سه') ? `${word.slice(0, -2)}سوم` : word === 'سی' ? 'سیام' : `${word}م`, n)
}
const ENGLISH = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
for (const [i, word] of ENGLISH.entries()) CARDINALS.set(word, i + 1)
CARDINALS.set('a', 1).set('an', 1)
const ENGLISH_ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
for (const [i, word] of ENGLISH_ORDINALS.entries()) ORDINALS.set(word, i + 1)

/** A count as said, from folded text: 15, «پانزده», «بیست و پنج», «یه», two; null for ordinals and all else. At most 4 digits. */
export function cardinal(said: string): number | null {
  const plain = said.replaceAll(' ', '')
  return /^\d{1,4}$/.test(plain) ? Number(plain) : (CARDINALS.get(plain) ?? null)
}

/** A place in a row as said, from folded text: «پنجم», «۱۵ام», «بیست و پنجم», «اول», 5th; null for counts and all else. */
export function ordinal(said: string): number | null {
  const plain = said.replaceAll(' ', '')
  const digits = /^(\d{1,4})(?:ام|م|th|st|nd|rd)$/.exec(plain)
  return digits ? Number(digits[1]) : (ORDINALS.get(plain) ?? null)
}
