import { SMALL_NUMBERS } from './number-words.ts'

/** Number words as cheques and invoices have them («چهارصد» is one word); IRAN.md 4 tells why no library is used. */
const TENS = ['', '', 'بیست', 'سی', 'چهل', 'پنجاه', 'شصت', 'هفتاد', 'هشتاد', 'نود']
const HUNDREDS = ['', 'یکصد', 'دویست', 'سیصد', 'چهارصد', 'پانصد', 'ششصد', 'هفتصد', 'هشتصد', 'نهصد']
const AND = ' و '

function belowThousand(n: number): string {
  const rest = n % 100
  const small = rest < 20 ? [SMALL_NUMBERS[rest]] : [TENS[Math.floor(rest / 10)], SMALL_NUMBERS[rest % 10]]
  return [HUNDREDS[Math.floor(n / 100)], ...small].filter(Boolean).join(AND)
}

/** A whole number from 0 to 2^53-1 in Persian words; above a milliard it counts milliards («یک هزار میلیارد»). */
export function moneyInWords(n: number): string {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not a whole number: ${n}`)
  return n === 0 ? 'صفر' : words(n)
}

function words(n: number): string {
  const parts: string[] = []
  let rest = n
  for (const [size, name] of [
    [1e9, 'میلیارد'],
    [1e6, 'میلیون'],
    [1e3, 'هزار'],
  ] as const) {
    const count = Math.floor(rest / size)
    if (count > 0) parts.push(`${words(count)} ${name}`)
    rest %= size
  }
  if (rest > 0) parts.push(belowThousand(rest))
  return parts.join(AND)
}
