import type { Lang } from './calendar-names.ts'
import { toLatinDigits, toPersianDigits } from './persian-text.ts'

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

/** «۱٬۲۳۴٫۵» or 1,234.5. A Persian minus carries the mark that keeps it at the left of its number in running text. */
export function formatNumber(n: number, lang: Lang): string {
  return localNumber(GROUPED.format(n), lang)
}

/** An English number ('-1,234.5') in the signs of the language; as CLDR does for fa. */
export function localNumber(english: string, lang: Lang): string {
  if (lang === 'en') return english
  return toPersianDigits(english).replaceAll(',', '٬').replace('.', '٫').replace('-', '\u200e\u2212')
}

/**
 * An English decimal ('-1234.5') from digits of any set, or null. Spaces, half-spaces, bidi marks and every kind of comma
 * are grouping wherever they stand (a field regroups while one types); the decimal sign is . or ٫ or / («۲/۵»), and several
 * dots are grouping too; the minus may be U+2212 and may stand behind, as right-to-left typing leaves it.
 */
export function plainDecimal(text: string): string | null {
  const s = toLatinDigits(text)
    .replace(/[\s,٬،'’_\u00ac\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]/g, '')
    .replace(/[\u2212\u2010-\u2013\ufe63\uff0d]/g, '-')
    .replace(/[٫/]/g, '.')
  const grouped = /^(-?)(\d{1,3}(?:\.\d{3}){2,})(-?)$/.exec(s)
  const match = /^(-?)(\d*)(?:\.(\d*))?(-?)$/.exec(grouped ? s.replaceAll('.', '') : s)
  if (!match || (match[1] && match[4])) return null
  const [, before, whole = '', fraction = '', after] = match
  if (whole === '' && fraction === '') return null
  return `${before || after}${whole || '0'}${fraction ? `.${fraction}` : ''}`
}

export function parseNumber(text: string): number | null {
  const plain = plainDecimal(text)
  const n = plain === null ? Number.NaN : Number(plain)
  return Number.isFinite(n) ? n + 0 : null
}
