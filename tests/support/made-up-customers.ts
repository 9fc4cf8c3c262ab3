import type { CustomerInput } from '../../shared/contract/customers.ts'

/** Deterministic numbers below n: a plain linear generator is enough to mix test data. */
export function dice(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const FIRST = [
  'علی',
  'رضا',
  'محمدرضا',
  'زهرا',
  'فاطمه',
  'امیر\u200cحسین',
  'نرگس',
  'ژاله',
  'پریسا',
  'چنگیز',
  'آرش',
  'گلنار',
]
const LAST = [
  'رضایی',
  'کریمی',
  'علی\u200cپور',
  'علی پور',
  'علیپور',
  'حسینی',
  'پارسا',
  'ژیان',
  'گودرزی',
  'مؤمنی',
  'یزدانی',
  'صفایی نیا',
]
const CITIES = ['تهران', 'اصفهان', 'شیراز', 'کرج', 'خرم\u200cآباد', 'یزد', null]
const ARABIC: Record<string, string> = { ی: 'ي', ک: 'ك' }

/** People with few names (so that queries meet many), one in ten in Arabic letters, up to three phones. `tags` are ids to choose from. */
export function madeUpCustomer(
  roll: (n: number) => number,
  tags: readonly string[] = [],
): Partial<CustomerInput> & { kind: 'person' } {
  const pick = <T>(list: readonly T[]) => list[roll(list.length)]!
  const letters = (s: string) => (roll(10) === 0 ? s.replace(/[یک]/g, (c) => ARABIC[c]!) : s)
  const city = pick(CITIES)
  const digits = (n: number) => Array.from({ length: n }, () => roll(10)).join('')
  return {
    kind: 'person',
    first_name: letters(pick(FIRST)),
    last_name: letters(pick(LAST)),
    channels: Array.from({ length: roll(4) }, () => ({
      kind: 'phone' as const,
      type: 'mobile' as const,
      value: roll(2) ? `0912${digits(7)}` : `+98 21 ${2 + roll(7)}${2 + roll(7)}${digits(6)}`,
    })),
    ...(city && { addresses: [{ type: 'home' as const, province: null, city, address: null, postal_code: null }] }),
    ...(roll(3) === 0 && { national_id: digits(10) }),
    ...(roll(3) === 0 && { credit_limit: roll(50) * 1_000_000 }),
    ...(roll(4) === 0 && { birth_jm: 1 + roll(12), birth_jd: 1 + roll(29) }),
    ...(roll(20) === 0 && { blacklisted: true }),
    ...(tags.length > 0 && roll(2) === 0 && { tag_ids: [pick(tags)] }),
  }
}
