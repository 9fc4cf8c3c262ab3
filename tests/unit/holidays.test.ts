import { describe, expect, it } from 'vitest'
import { LUNAR_HOLIDAYS } from '../../shared/data/lunar-holidays.ts'
import {
  HOLIDAY_NAMES,
  type HolidayEdit,
  holidayMove,
  holidaysBetween,
  holidaysOf,
  LUNAR_YEARS,
} from '../../shared/domain/holidays.ts'
import { addDays, daysBetween, fromJalali, toJalali } from '../../shared/domain/jalali.ts'

const keys = (jy: number, edits: HolidayEdit[] = []) =>
  holidaysOf(jy, edits).map((h) => {
    const { jm, jd } = toJalali(h.day)
    return `${h.key ?? h.name.fa} ${jm}/${jd}${h.approximate ? ' ~' : ''}${h.off ? '' : ' works'}`
  })

describe('holidays of the sun', () => {
  const solar = ['nowruz 1/1', 'nowruzDays 1/2', 'nowruzDays 1/3', 'nowruzDays 1/4', 'republic 1/12', 'nature 1/13']
  const rest = ['khomeiniDeath 3/14', 'khordad15 3/15', 'revolution 11/22', 'oil 12/29']
  it('are the same in every common year', () => expect(keys(1380)).toEqual([...solar, ...rest]))
  it('have a last day in leap years', () => expect(keys(1399)).toEqual([...solar, ...rest, 'lastDay 12/30']))
  it('end with the supported years', () => {
    expect(() => holidaysOf(1499)).toThrow(RangeError)
    expect(holidaysBetween('1500-01-01', '1500-02-01')).toEqual([])
    expect(holidaysBetween('2119-12-01', '2300-01-01').map((h) => h.key)).toContain('lastDay')
  })
})

describe('holidays of the moon', () => {
  it.each([
    ['عید فطر', 1402, 2, 2],
    ['عید غدیر', 1402, 4, 16],
    ['عاشورا', 1402, 5, 6],
    ['نیمهٔ شعبان', 1402, 12, 6],
    ['عید فطر', 1403, 1, 22],
    ['اربعین', 1403, 6, 4],
    ['مبعث', 1403, 11, 9],
    ['عید قربان', 1404, 3, 16],
    ['تاسوعا', 1404, 4, 14],
    ['ولادت امام علی و روز پدر', 1404, 10, 13],
    ['عید فطر', 1405, 1, 1],
    ['عاشورا', 1405, 4, 4],
  ])('%s of %i was announced for %i/%i', (name, jy, jm, jd) => {
    const found = holidaysOf(jy).filter((h) => h.name.fa === name && h.day === fromJalali(jy, jm, jd))
    expect(found).toMatchObject([{ approximate: false, off: true, own: false }])
  })
  it('are certain to 1404 and approximate in the future', () => {
    for (const jy of [1402, 1403, 1404]) expect(holidaysOf(jy).some((h) => h.approximate)).toBe(false)
    for (const jy of [1406, 1407, 1408]) {
      const moon = holidaysOf(jy).filter((h) => h.approximate)
      expect(moon.length).toBeGreaterThanOrEqual(17)
      expect(holidaysOf(jy).filter((h) => !h.approximate).length).toBe(jy === 1408 ? 11 : 10)
    }
    expect(LUNAR_YEARS).toEqual({ first: 1402, last: 1408 })
  })
  it('follow the moon from year to year: each comes 353 to 356 days after the one before', () => {
    const all = holidaysBetween(fromJalali(1402, 1, 1), fromJalali(1408, 12, 30))
    const moon = Object.keys(HOLIDAY_NAMES).filter((key) =>
      Object.values(LUNAR_HOLIDAYS).some((y) => `${y.announced}${y.estimated}`.includes(`${key} `)),
    )
    expect(moon.length).toBe(17)
    for (const key of moon) {
      const days = all.filter((h) => h.key === key).map((h) => h.day)
      expect(days.length, key).toBeGreaterThanOrEqual(7)
      for (let i = 1; i < days.length; i++) {
        const gap = daysBetween(days[i - 1]!, days[i]!)
        expect(gap >= 353 && gap <= 356, `${key} ${days[i]} ${gap}`).toBe(true)
      }
    }
  })
  it('keep their distances: Ashura the day after Tasua, Ghadir eight days after Adha', () => {
    const all = holidaysBetween(fromJalali(1402, 1, 1), fromJalali(1408, 12, 30))
    for (const [first, second, apart] of [
      ['tasua', 'ashura', 1],
      ['fitr', 'fitrSecond', 1],
      ['adha', 'ghadir', 8],
      ['prophetDeath', 'rezaDeath', 2],
    ] as const) {
      for (const h of all.filter((x) => x.key === first)) {
        const near = all.filter((x) => x.key === second).map((x) => daysBetween(h.day, x.day))
        expect(
          near.some((n) => n === apart || (second === 'rezaDeath' && n === 1)),
          `${first} ${h.day}`,
        ).toBe(true)
      }
    }
  })
})

describe('what the business says of a day', () => {
  const [arbaeen] = holidaysOf(1405).filter((h) => h.key === 'arbaeen')
  const day = arbaeen!.day
  it('adds days off and days that are only named', () => {
    const own: HolidayEdit[] = [
      { date: fromJalali(1405, 2, 5), name: 'انبارگردانی', kind: 'off' },
      { date: fromJalali(1405, 2, 6), name: 'سالگرد مغازه', kind: 'day' },
      { date: fromJalali(1404, 2, 6), name: 'سال دیگر', kind: 'off' },
    ]
    expect(keys(1405, own)).toEqual(expect.arrayContaining(['انبارگردانی 2/5', 'سالگرد مغازه 2/6 works']))
    expect(keys(1405, own)).toHaveLength(keys(1405).length + 2)
  })
  it.each(['arbaeen', 'اربعین', 'Arbaeen', 'اربعين', ''])('hides a wrong one called %j, and only that one', (name) => {
    expect(keys(1405, [{ date: day, name, kind: 'hidden' }])).toEqual(
      keys(1405).filter((k) => !k.startsWith('arbaeen')),
    )
    expect(keys(1405, [{ date: addDays(day, 1), name, kind: 'hidden' }])).toEqual(keys(1405))
  })
  it('hides one of two on a day', () => {
    const both = holidaysOf(1405).filter((h) => h.day === fromJalali(1405, 1, 1))
    expect(both.map((h) => h.key)).toEqual(['nowruz', 'fitr'])
    expect(
      keys(1405, [{ date: both[0]!.day, name: 'عید فطر', kind: 'hidden' }]).filter((k) => k.endsWith(' 1/1')),
    ).toEqual(['nowruz 1/1'])
  })
  it('moves one to the day the moon was seen, and it is no estimate then', () => {
    const moved = keys(1405, holidayMove(arbaeen!, addDays(day, 1)))
    expect(moved.filter((k) => k.startsWith('arbaeen'))).toEqual(['arbaeen 5/14'])
  })
  it('confirms an estimate by naming it', () => {
    expect(keys(1405, [{ date: day, name: 'اربعین', kind: 'off' }]).filter((k) => k.startsWith('arbaeen'))).toEqual([
      'arbaeen 5/13',
    ])
  })
})
