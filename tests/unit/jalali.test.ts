import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addJalaliMonths,
  dayOf,
  daysBetween,
  daysInJalaliMonth,
  fromJalali,
  isLeapJalali,
  isValidMonthDay,
  toJalali,
  wallTime,
  weekday,
} from '../../shared/domain/jalali.ts'

describe('every day of 1206..1498', () => {
  it('is the day of Intl, comes back, and follows the day before in month and week', () => {
    const intl = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    })
    let iso = fromJalali(1206, 1, 1)
    let count = 0
    let before = weekday(iso) - 1
    for (let jy = 1206; jy <= 1498; jy++) {
      for (let jm = 1; jm <= 12; jm++) {
        for (let jd = 1; jd <= daysInJalaliMonth(jy, jm); jd++) {
          const j = toJalali(iso)
          const theirs = intl.format(Date.parse(iso))
          if (j.jy !== jy || j.jm !== jm || j.jd !== jd)
            expect.fail(`${iso} is ${jy}/${jm}/${jd}, not ${JSON.stringify(j)}`)
          if (!theirs.startsWith(`${jm}/${jd}/${jy}`)) expect.fail(`${iso}: ${jy}/${jm}/${jd} but Intl says ${theirs}`)
          if (fromJalali(jy, jm, jd) !== iso) expect.fail(`${jy}/${jm}/${jd} must be ${iso}`)
          before = (before + 1) % 7
          if (weekday(iso) !== before) expect.fail(`weekday of ${iso}`)
          iso = addDays(iso, 1)
          count++
        }
      }
    }
    expect(count).toBe(293 * 365 + 71)
    expect(() => toJalali(iso)).toThrow(RangeError)
  })

  it('has the leap years of the official table', () => {
    const leap = (from: number, to: number) => {
      const out: number[] = []
      for (let y = from; y <= to; y++) if (isLeapJalali(y)) out.push(y)
      return out
    }
    const every4 = (from: number, to: number) => Array.from({ length: (to - from) / 4 + 1 }, (_, i) => from + 4 * i)
    expect(leap(1399, 1498)).toEqual([
      1399,
      1403,
      1408,
      ...every4(1412, 1436),
      ...every4(1441, 1469),
      ...every4(1474, 1498),
    ])
    expect(leap(1370, 1398)).toEqual([1370, ...every4(1375, 1395)])
    for (const y of [1404, 1407, 1473]) expect(isLeapJalali(y)).toBe(false)
  })
})

describe('known days', () => {
  it.each([
    ['2026-03-21', 1405, 1, 1],
    ['2025-03-20', 1403, 12, 30],
    ['1979-02-11', 1357, 11, 22],
    ['2026-11-22', 1405, 9, 1],
    ['1827-03-22', 1206, 1, 1],
  ])('%s is %i/%i/%i', (iso, jy, jm, jd) => {
    expect(toJalali(iso)).toEqual({ jy, jm, jd })
    expect(fromJalali(jy, jm, jd)).toBe(iso)
  })
  it('2026-11-22 is a Sunday', () => expect(weekday('2026-11-22')).toBe(1))
})

describe('limits', () => {
  it.each([
    [1205, 12, 29],
    [1499, 1, 1],
    [1404, 12, 30],
    [1405, 7, 31],
    [1405, 13, 1],
    [1405, 0, 1],
    [1405, 1, 0],
    [1405.5, 1, 1],
    [Number.NaN, 1, 1],
  ])('%s/%s/%s is refused', (jy, jm, jd) => expect(() => fromJalali(jy, jm, jd)).toThrow(RangeError))
  it.each(['', '2026-02-30', '2026-13-01', '1405/09/01', '2026-3-1', '1700-01-01'])('%s is no stored day', (iso) =>
    expect(() => toJalali(iso)).toThrow(RangeError),
  )
  it('knows days of a birthday without year', () => {
    expect([isValidMonthDay(12, 30), isValidMonthDay(6, 31), isValidMonthDay(1, 1)]).toEqual([true, true, true])
    expect([isValidMonthDay(7, 31), isValidMonthDay(13, 1), isValidMonthDay(1, 0), isValidMonthDay(1, 1.5)]).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})

describe('arithmetic', () => {
  const day = fc.integer({ min: 0, max: 90_000 }).map((n) => addDays('1850-01-01', n))
  it('adds and counts days', () => {
    fc.assert(fc.property(day, fc.integer({ min: -5000, max: 5000 }), (d, n) => daysBetween(d, addDays(d, n)) === n))
  })
  it('adds months, clamped to the month end', () => {
    expect(addJalaliMonths(fromJalali(1405, 6, 31), 1)).toBe(fromJalali(1405, 7, 30))
    expect(addJalaliMonths(fromJalali(1403, 12, 30), 12)).toBe(fromJalali(1404, 12, 29))
    expect(addJalaliMonths(fromJalali(1405, 1, 31), -1)).toBe(fromJalali(1404, 12, 29))
    fc.assert(
      fc.property(day, fc.integer({ min: -100, max: 100 }), (d, n) => {
        const [a, b] = [toJalali(d), toJalali(addJalaliMonths(d, n))]
        expect(b.jy * 12 + b.jm - (a.jy * 12 + a.jm)).toBe(n)
        expect(b.jd).toBe(Math.min(a.jd, daysInJalaliMonth(b.jy, b.jm)))
      }),
    )
  })
})

describe('dayOf', () => {
  it.each([
    ['2026-11-22T20:29:59Z', '2026-11-22'],
    ['2026-11-22T20:30:00Z', '2026-11-23'],
    ['2021-07-01T19:29:59Z', '2021-07-01'],
    ['2021-07-01T19:30:00Z', '2021-07-02'],
    ['2021-03-21T20:30:00Z', '2021-03-22'],
    ['2026-07-01T20:29:00Z', '2026-07-01'],
  ])('%s is %s in Tehran', (instant, iso) => expect(dayOf(Date.parse(instant))).toBe(iso))
  it('takes another zone', () => expect(dayOf(Date.parse('2026-11-22T20:30:00Z'), 'UTC')).toBe('2026-11-22'))
  it('is the time of the runtime’s time zones, before and after the last summer time and for years to come', () => {
    const tehran = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tehran', dateStyle: 'short', timeStyle: 'short' })
    const hour = 3_600_000
    const near = Array.from({ length: 400 }, (_, i) => Date.UTC(2022, 8, 18) + (i * hour) / 2 - 1)
    const years = Array.from({ length: 4000 }, (_, i) => Date.UTC(2020, 0, 1) + i * 61 * hour)
    const differing = [...near, ...years].filter((at) => {
      const { day, time } = wallTime(at)
      return `${day} ${time}` !== tehran.format(at)
    })
    expect(differing.map((at) => new Date(at).toISOString())).toEqual([])
  })
})
