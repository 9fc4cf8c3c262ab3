import { fold } from './persian-text.ts'

/** Typed in many ways, one word for the parsers. Applied in order to folded text with single spaces. */
const ONE_WORD: readonly (readonly [RegExp, string])[] = [
  [/(?<![\p{L}\d])(?:یک|1) ?شنبه/gu, 'یکشنبه'],
  [/(?<![\p{L}\d])(?:دو|2) ?شنبه/gu, 'دوشنبه'],
  [/(?<![\p{L}\d])(?:سه ?|3 ?|س)شنبه/gu, 'سهشنبه'],
  [/(?<![\p{L}\d])(?:چهار ?|چار ?|4 ?)شنبه/gu, 'چهارشنبه'],
  [/(?<![\p{L}\d])(?:پنج ?|5 ?|پن)شنبه/gu, 'پنجشنبه'],
  [/(?<!\p{L})ادینه(?!\p{L})/gu, 'جمعه'],
  [/(\d)(?=\p{L})/gu, '$1 '],
  [/(\p{L})(?=\d)/gu, '$1 '],
  [/(\d) (ام|م|th|st|nd|rd)(?!\p{L})/gu, '$1$2'],
  [/ ?و(نیم|ربع)(?!\p{L})/gu, ' و $1'],
  [/(?<!\p{L})(?:بعد ?(?:از)? ?ظهر|ب\.? ?ظ)(?!\p{L})/gu, 'بعدازظهر'],
  [/(?<!\p{L})(?:(?:قبل|پیش) ?(?:از)? ?ظهر|ق\.? ?ظ)(?!\p{L})/gu, 'قبلازظهر'],
  [/(?<!\p{L})(?:نصفه? ?|نیمه ?|نیم)شب(?!\p{L})/gu, 'نیمهشب'],
  [/(?<!\p{L})پس ?فردا/gu, 'پسفردا'],
  [/(?<!\p{L})(امروز|پسفردا|فردا|دیروز|شنبه|جمعه)(?=(?:صبح|ظهر|بعدازظهر|عصر|شب)(?!\p{L}))/gu, '$1 '],
  [/(?<![a-z])([ap])\.m/g, '$1m'],
  [/(?<=\p{L}) ی(?!\p{L})/gu, ''],
]

/**
 * Words about time as typed, in one shape for the parsers of days, times and rules: folded (Arabic letters, hamzas and digits of any kind
 * are gone), half-spaces are spaces, a digit and a letter never touch (15م does), «سه شنبه» and «بعد از ظهر» are one word, the «ی» of
 * «هفته‌ی» is dropped, and the separators of a date stand without spaces.
 */
export function spokenText(text: string): string {
  let s = fold(text)
    .replace(/[\s\u200c،,؛;«»"()]+/g, ' ')
    .replace(/ ?: ?(?=\d)/g, ':')
    .replace(/^ ?(\d{4}-\d\d?-\d\d?)t(?=\d)/, '$1 ')
    .replace(/ ?[-\u2010-\u2015] ?(?=\d{1,2}:\d{2})| [-\u2010-\u2015] (?=\p{L})/gu, ' ')
    .replace(/ ?([/.\-\u2010-\u2015\u2212]) ?(?=\S)/g, (_, c: string) => (c === '/' || c === '.' ? c : '-'))
    .replace(/[.!؟?\- ]+$/, '')
  // «ساعت ۵ شنبه» is five o'clock on Saturday
  s = s.replace(/(ساعت [^ ]+) شنبه/g, '$1 روز شنبه')
  for (const [typed, word] of ONE_WORD) s = s.replace(typed, word)
  return s.trim()
}
