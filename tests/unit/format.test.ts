import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatDateTime,
  formatDay,
  formatMonthDay,
  formatNumber,
  formatRelativeDay,
  formatTime,
  parseNumber,
} from '../../shared/domain/format.ts'
import { addDays, parseDay } from '../../shared/domain/jalali.ts'

const TODAY = '2026-11-22'

describe('formatDay', () => {
  it.each([
    ['fa', 'long', 'یکشنبه ۱ آذر ۱۴۰۵'],
    ['fa', 'short', '۱ آذر ۱۴۰۵'],
    ['fa', 'numeric', '۱۴۰۵/۰۹/۰۱'],
    ['en', 'long', 'Sunday 1 Azar 1405'],
    ['en', 'short', '1 Azar 1405'],
    ['en', 'numeric', '1405/09/01'],
  ] as const)('%s %s', (lang, style, shown) => expect(formatDay(TODAY, lang, style)).toBe(shown))
  it('shows a day it cannot reckon as it is stored', () =>
    expect(formatDay('1500-01-01', 'fa', 'long')).toBe('۱۵۰۰-۰۱-۰۱'))
  it('shows a birthday without year', () => expect(formatMonthDay(12, 30, 'fa')).toBe('۳۰ اسفند'))
  it('is read back by parseDay in every style', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -30_000, max: 30_000 }),
        fc.constantFrom('fa', 'en'),
        fc.constantFrom('short', 'long', 'numeric'),
        (n, lang, style) => {
          const iso = addDays(TODAY, n)
          expect(parseDay(formatDay(iso, lang as 'fa', style as 'short'), TODAY)).toBe(iso)
        },
      ),
    )
  })
})

describe('formatRelativeDay', () => {
  it.each([
    [0, 'امروز', 'Today'],
    [-1, 'دیروز', 'Yesterday'],
    [1, 'فردا', 'Tomorrow'],
    [-3, '۳ روز پیش', '3 days ago'],
    [3, '۳ روز دیگر', 'in 3 days'],
    [6, '۶ روز دیگر', 'in 6 days'],
    [7, '۸ آذر', '8 Azar'],
    [-7, '۲۴ آبان', '24 Aban'],
    [-400, '۲۶ مهر ۱۴۰۴', '26 Mehr 1404'],
  ])('%i days', (n, fa, en) => {
    expect(formatRelativeDay(addDays(TODAY, n), TODAY, 'fa')).toBe(fa)
    expect(formatRelativeDay(addDays(TODAY, n), TODAY, 'en')).toBe(en)
  })
})

describe('times', () => {
  const now = Date.parse('2026-11-22T09:00:00Z')
  it.each([
    ['2026-11-21T10:50:00Z', 'دیروز ۱۴:۲۰', 'Yesterday 14:20'],
    ['2026-11-21T20:30:00Z', 'امروز ۰۰:۰۰', 'Today 00:00'],
    ['2026-09-23T10:50:00Z', '۱ مهر، ۱۴:۲۰', '1 Mehr, 14:20'],
    ['2025-09-23T10:50:00Z', '۱ مهر ۱۴۰۴، ۱۴:۲۰', '1 Mehr 1404, 14:20'],
  ])('%s', (instant, fa, en) => {
    expect(formatDateTime(Date.parse(instant), now, 'fa')).toBe(fa)
    expect(formatDateTime(Date.parse(instant), now, 'en')).toBe(en)
  })
  it('shows the clock of Tehran', () => expect(formatTime(now, 'fa')).toBe('۱۲:۳۰'))
})

describe('numbers', () => {
  it.each([
    [1234567, '۱٬۲۳۴٬۵۶۷', '1,234,567'],
    [0, '۰', '0'],
    [-1234.5, '\u200e\u2212۱٬۲۳۴٫۵', '-1,234.5'],
  ])('shows %d', (n, fa, en) => {
    expect(formatNumber(n, 'fa')).toBe(fa)
    expect(formatNumber(n, 'en')).toBe(en)
  })
  it('shows the same as Intl does for Persian', () => {
    const intl = new Intl.NumberFormat('fa-IR')
    fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), (n) => formatNumber(n, 'fa') === intl.format(n)))
  })
  it.each([
    ['۱٬۲۳۴٬۵۶۷', 1234567],
    ['١٬٢٣٤', 1234],
    ['1,234.5', 1234.5],
    ['۲/۵', 2.5],
    ['۲٫۵', 2.5],
    ['1.234.567', 1234567],
    ['\u200e\u2212۱٬۲۳۴', -1234],
    ['۱۲۳-', -123],
    ['12 345', 12345],
    ['1،000', 1000],
    ['1,2345', 12345],
    ['.5', 0.5],
    ['5.', 5],
    ['007', 7],
  ])('reads %s', (text, n) => expect(parseNumber(text)).toBe(n))
  it.each(['', ' ', '-', '.', 'علی', '12a', '1e5', '--1', '-1-', '1.2.3', '0x10', 'Infinity'])(
    '%j is no number',
    (text) => expect(parseNumber(text)).toBeNull(),
  )
  it('reads back what it shows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e15, max: 1e15 }),
        fc.constantFrom('fa', 'en'),
        fc.constantFrom(1, 10, 1000),
        (n, lang, over) => {
          expect(parseNumber(formatNumber(Math.trunc(n / 1000) / over, lang as 'fa'))).toBe(
            Math.trunc(n / 1000) / over + 0,
          )
        },
      ),
    )
  })
})
