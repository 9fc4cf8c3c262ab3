import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney, moneyInWords, parseMoney, type Unit } from '../../shared/domain/money.ts'

describe('formatMoney', () => {
  it.each([
    [1_250_000, 'toman', 'fa', '۱۲۵٬۰۰۰'],
    [1_250_000, 'rial', 'fa', '۱٬۲۵۰٬۰۰۰'],
    [1_250_005, 'toman', 'en', '125,000.5'],
    [5, 'toman', 'fa', '۰٫۵'],
    [0, 'toman', 'fa', '۰'],
    [-1_000_000, 'toman', 'fa', '\u200e\u2212۱۰۰٬۰۰۰'],
    [Number.MAX_SAFE_INTEGER, 'toman', 'en', '900,719,925,474,099.1'],
  ] as const)('%i in %s, %s', (rial, unit, lang, shown) => expect(formatMoney(rial, unit, lang)).toBe(shown))
  it('refuses parts of a rial', () => expect(() => formatMoney(0.5, 'rial', 'fa')).toThrow(RangeError))
})

describe('parseMoney', () => {
  it.each([
    ['۱۲۵٬۰۰۰', 'toman', 1_250_000],
    ['125000', 'rial', 125_000],
    ['125,000.5', 'toman', 1_250_005],
    ['۵۰ هزار', 'toman', 500_000],
    ['۵۰هزار تومان', 'rial', 500_000],
    ['2 میلیون', 'toman', 20_000_000],
    ['۲ ميليون و ۵۰۰ هزار', 'toman', 25_000_000],
    ['۲ میلیون و ۵۰۰ هزار و ۲۰۰ تومن', 'rial', 25_002_000],
    ['۲ میلیون و ۵۰۰', 'toman', 20_005_000],
    ['1.5م', 'toman', 15_000_000],
    ['۱٫۲۵۰ میلیون', 'toman', 12_500_000],
    ['۱/۵ میلیارد', 'rial', 1_500_000_000],
    ['هزار میلیارد', 'rial', 1_000_000_000_000],
    ['میلیون', 'toman', 10_000_000],
    ['50.000', 'toman', 500_000],
    ['1.250.000', 'toman', 12_500_000],
    ['500k', 'toman', 5_000_000],
    ['۱۰۰۰۰ ریال', 'toman', 10_000],
    ['۲۰۰\u200cهزار', 'toman', 2_000_000],
    ['-500', 'toman', -5_000],
    ['-۲ میلیون و ۵۰۰ هزار', 'toman', -25_000_000],
    ['0', 'toman', 0],
  ] as const)('%s in %s', (text, unit, rial) => expect(parseMoney(text, unit)).toEqual({ ok: true, rial }))
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['علی', 'format'],
    ['تومان', 'format'],
    ['12x', 'format'],
    ['۲ میلیون و', 'format'],
    ['0.55', 'fraction'],
    ['0.01 هزارم', 'format'],
    ['99999999999999999', 'too_large'],
    ['1000000000 میلیارد', 'too_large'],
  ])('refuses %j as %s', (text, reason) => expect(parseMoney(text, 'toman')).toEqual({ ok: false, reason }))
  it('refuses part of a rial', () => expect(parseMoney('0.5', 'rial')).toEqual({ ok: false, reason: 'fraction' }))

  it('reads back every amount it shows', () => {
    const max = Number.MAX_SAFE_INTEGER
    fc.assert(
      fc.property(
        fc.integer({ min: -max, max }),
        fc.constantFrom('toman', 'rial'),
        fc.constantFrom('fa', 'en'),
        (rial, unit, lang) => {
          const shown = formatMoney(rial, unit as Unit, lang as 'fa')
          expect(parseMoney(shown, unit as Unit)).toEqual({ ok: true, rial: rial + 0 })
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('moneyInWords', () => {
  it.each([
    [0, 'صفر'],
    [14, 'چهارده'],
    [21, 'بیست و یک'],
    [400, 'چهارصد'],
    [100, 'یکصد'],
    [1000, 'یک هزار'],
    [1_000_001, 'یک میلیون و یک'],
    [2_345_678, 'دو میلیون و سیصد و چهل و پنج هزار و ششصد و هفتاد و هشت'],
    [1_500_000_000_000, 'یک هزار و پانصد میلیارد'],
    [1e15, 'یک میلیون میلیارد'],
  ])('%i', (n, words) => expect(moneyInWords(n)).toBe(words))

  it('is read back by a reader that knows nothing of the writer', () => {
    for (let n = 0; n <= 20_000; n++) expect(read(moneyInWords(n))).toBe(n)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (n) => read(moneyInWords(n)) === n),
      { numRuns: 5000 },
    )
    const roundish = fc
      .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 12 }))
      .map(([m, e]) => m * 10 ** e)
    fc.assert(
      fc.property(roundish, (n) => read(moneyInWords(n)) === n),
      { numRuns: 2000 },
    )
  })
  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses %d', (n) => expect(() => moneyInWords(n)).toThrow(RangeError))
})

const VALUES: Record<string, number> = {
  صفر: 0,
  یک: 1,
  دو: 2,
  سه: 3,
  چهار: 4,
  پنج: 5,
  شش: 6,
  هفت: 7,
  هشت: 8,
  نه: 9,
  ده: 10,
  یازده: 11,
  دوازده: 12,
  سیزده: 13,
  چهارده: 14,
  پانزده: 15,
  شانزده: 16,
  هفده: 17,
  هجده: 18,
  نوزده: 19,
  بیست: 20,
  سی: 30,
  چهل: 40,
  پنجاه: 50,
  شصت: 60,
  هفتاد: 70,
  هشتاد: 80,
  نود: 90,
  یکصد: 100,
  دویست: 200,
  سیصد: 300,
  چهارصد: 400,
  پانصد: 500,
  ششصد: 600,
  هفتصد: 700,
  هشتصد: 800,
  نهصد: 900,
}

/** Adds up the small words; a scale word multiplies what has gathered below it. */
function read(text: string): number {
  let milliards = 0
  let total = 0
  let group = 0
  for (const word of text.split(/\s+/)) {
    if (word === 'و') continue
    if (word === 'هزار' || word === 'میلیون') {
      total += group * (word === 'هزار' ? 1e3 : 1e6)
      group = 0
    } else if (word === 'میلیارد') {
      milliards = total + group
      total = 0
      group = 0
    } else if (word in VALUES) group += VALUES[word]!
    else throw new Error(`unknown word ${word}`)
  }
  return milliards * 1e9 + total + group
}
