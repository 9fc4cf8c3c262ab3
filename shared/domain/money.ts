import type { Lang } from './calendar-names.ts'
import { localNumber, plainDecimal } from './numbers.ts'
import { fold } from './persian-text.ts'

export { moneyInWords } from './money-in-words.ts'

/** Money is kept in whole rials; a toman is ten of them and exists for the eye only. */
export type Unit = 'toman' | 'rial'

/** The number alone, grouped, in the shown unit; tomans show one decimal when rials are left over. */
export function formatMoney(rial: number, unit: Unit, lang: Lang): string {
  if (!Number.isSafeInteger(rial)) throw new RangeError(`not a whole number of rials: ${rial}`)
  const amount = Math.abs(rial)
  const whole = unit === 'toman' ? Math.floor(amount / 10) : amount
  const rest = unit === 'toman' ? amount % 10 : 0
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
  return localNumber(`${rial < 0 ? '-' : ''}${grouped}${rest ? `.${rest}` : ''}`, lang)
}

export type ParsedMoney =
  | { ok: true; rial: number }
  | { ok: false; reason: 'empty' | 'format' | 'fraction' | 'too_large' }

/** Powers of ten of the words and letters put behind an amount (folded). */
const SCALES: Readonly<Record<string, number>> = {
  هزار: 3,
  ه: 3,
  k: 3,
  میلیون: 6,
  ملیون: 6,
  م: 6,
  m: 6,
  میلیارد: 9,
  ملیارد: 9,
  b: 9,
  هزارمیلیارد: 12,
  میلیونمیلیارد: 15,
}
const UNIT_WORD = /(تومان|تومن|toman|ریال|rial|irr|irt)$/
const SCALE_WORDS = Object.keys(SCALES).sort((a, b) => b.length - a.length)
const PIECE = new RegExp(`^(.*?)(${SCALE_WORDS.join('|')})?$`)

/**
 * Whole rials from what was typed in the shown unit; a unit written behind the amount wins over it. Understands «۵۰ هزار»,
 * «۲ میلیون و ۵۰۰ هزار», «1.5م». Without such a word 50.000 is fifty thousand, as no unit has three decimals.
 * `fraction`: less than a rial is left over. `too_large`: beyond exact whole numbers.
 */
export function parseMoney(text: string, unit: Unit): ParsedMoney {
  let s = fold(text)
    .replace(/[\s\u200c]+/g, ' ')
    .trim()
  if (s === '') return { ok: false, reason: 'empty' }
  const written = UNIT_WORD.exec(s)?.[1]
  if (written) s = s.slice(0, -written.length).trim()
  const tomans = written ? /^(t|irt|ت)/.test(written) : unit === 'toman'
  let sum = 0n
  for (const piece of s.split(/ و ?(?=[\d ])/)) {
    const amount = scaled(piece.replaceAll(' ', ''))
    if (amount === null) return { ok: false, reason: 'format' }
    sum += (/^[-\u2212]/.test(s) && sum !== 0n ? -1n : 1n) * amount
  }
  const scaledRial = sum * (tomans ? 10n : 1n)
  if (scaledRial % PRECISION !== 0n) return { ok: false, reason: 'fraction' }
  const rial = Number(scaledRial / PRECISION)
  return Number.isSafeInteger(rial) ? { ok: true, rial } : { ok: false, reason: 'too_large' }
}

const PRECISION = 10n ** 12n

/** One amount with its scale words, as a whole number of 10^-12: exact for every number of decimals worth typing. */
function scaled(piece: string): bigint | null {
  const [, digits = '', scaleWord = ''] = PIECE.exec(piece) ?? []
  const power = SCALES[scaleWord] ?? 0
  const bare = scaleWord === '' && /^-?\d{1,3}\.\d{3}$/.test(digits) ? digits.replace('.', '') : digits
  const plain = plainDecimal(digits === '' && power > 0 ? '1' : bare)
  if (plain === null) return null
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.')
  if (fraction.length > 12 || whole.length > 20) return null
  const value = BigInt(whole + fraction.padEnd(12, '0')) * 10n ** BigInt(power)
  return plain.startsWith('-') ? -value : value
}
