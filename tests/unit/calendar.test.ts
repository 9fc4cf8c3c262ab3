import { describe, expect, it } from 'vitest'
import { knownDays, ruleDays } from '../../main/modules/calendar/rule-days.ts'
import {
  cellLines,
  daysBetween,
  gregorianOf,
  movedBy,
  placeOf,
  spanOf,
  stepped,
  titleOf,
} from '../../renderer/modules/calendar/calendar-model.ts'
import { inLanes } from '../../renderer/modules/calendar/lanes.ts'
import { addDays, toJalali, weekday } from '../../shared/domain/jalali.ts'
import { occurrences, parseRule } from '../../shared/domain/recurrence.ts'

const TODAY = '2026-11-22'

describe('days of a rule within a range', () => {
  const RULES = ['1;D;n=1', '1;D;n=3', '1;W;n=1;w=0,4', '1;W;n=2;w=6', '1;M;n=1;d=5', '1;M;n=1;d=31', '1;M;n=2;d=30']
  const MORE = ['1;N;n=1;k=-1;w=5', '1;N;n=1;k=5;w=2', '1;Y;n=1;m=12;d=30', '1;W;n=1;w=2;u=2027-01-05', '1;D;n=1;c=20']

  it('are those of the recurrence engine, month after month', () => {
    for (const text of [...RULES, ...MORE]) {
      const rule = parseRule(text)!
      expect(rule, text).not.toBeNull()
      for (let from = '2026-10-17'; from < '2028-05-01'; from = addDays(from, 35)) {
        const to = addDays(from, 34)
        for (const after of [addDays(from, -1), addDays(from, 9)]) {
          const start = '2026-11-03'
          expect(ruleDays(rule, start, knownDays(from, to), after), `${text} ${from}`).toEqual(
            occurrences(rule, start, addDays(after, 1), to),
          )
        }
      }
    }
  })
})

describe('entries that overlap', () => {
  const at = (key: string, from: number, to: number) => ({ key, from, to })

  it('stand side by side, and those that touch only at an end share a lane', () => {
    const { placed, crowds } = inLanes([at('a', 540, 600), at('b', 570, 630), at('c', 600, 660), at('d', 700, 730)], 4)
    expect(crowds).toEqual([])
    expect(placed.map(({ item, lane, lanes }) => [item.key, lane, lanes])).toEqual([
      ['a', 0, 2],
      ['b', 1, 2],
      ['c', 0, 2],
      ['d', 0, 1],
    ])
  })

  it('never cover each other, and none is lost: what has no room is counted', () => {
    let seed = 7
    const random = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31
      return seed % n
    }
    for (let round = 0; round < 200; round++) {
      const items = Array.from({ length: 1 + random(40) }, (_, i) => {
        const from = random(1400)
        return at(String(i), from, from + 30 + random(120))
      })
      const { placed, crowds } = inLanes(items, 3)
      expect(placed.length + crowds.reduce((sum, { n }) => sum + n, 0)).toBe(items.length)
      const boxes = [...placed, ...crowds].map(({ from, to, lane, lanes }) => ({
        from,
        to,
        a: lane / lanes,
        b: (lane + 1) / lanes,
      }))
      boxes.forEach((one, i) => {
        for (const other of boxes.slice(i + 1)) {
          const inTime = one.from < other.to && other.from < one.to
          const across = one.a < other.b - 1e-9 && other.a < one.b - 1e-9
          expect(inTime && across).toBe(false)
        }
      })
    }
  })
})

describe('the place of the calendar', () => {
  it('is read from the address, and what is no view or no day falls back', () => {
    expect(placeOf({ view: 'week', day: '2026-12-01' }, TODAY)).toEqual({
      view: 'week',
      day: '2026-12-01',
      owner: 'me',
    })
    expect(placeOf({ view: 'year', day: '2026-02-30' }, TODAY)).toEqual({ view: 'month', day: TODAY, owner: 'me' })
    // Beyond the years of the calendar there is nothing to show.
    for (const day of ['1498-12-29', '1700-01-01', '2200-01-01']) {
      const place = placeOf({ view: 'month', day }, TODAY)
      expect(() => daysBetween(spanOf(place)).map(toJalali), day).not.toThrow()
    }
  })

  it('shows whole weeks of a Jalali month, Saturday first, and says which in both calendars', () => {
    const { from, to } = spanOf({ view: 'month', day: TODAY })
    expect([from, to, weekday(from), weekday(to)]).toEqual(['2026-11-21', '2026-12-25', 0, 6])
    expect(titleOf({ view: 'month', day: TODAY }, 'fa', 'تا')).toBe('آذر ۱۴۰۵')
    expect(titleOf({ view: 'week', day: TODAY }, 'fa', 'تا')).toBe('۳۰ آبان تا ۶ آذر ۱۴۰۵')
    expect(titleOf({ view: 'week', day: '2027-03-20' }, 'en', 'to')).toBe('29 Esfand 1405 to 6 Farvardin 1406')
    expect(gregorianOf({ view: 'month', day: TODAY }, 'fa')).toBe('نوامبر – دسامبر ۲۰۲۶')
    expect(gregorianOf({ view: 'month', day: '2027-01-01' }, 'en')).toBe('December 2026 – January 2027')
    expect(stepped({ view: 'month', day: TODAY }, 1)).toBe('2026-12-22')
    expect(stepped({ view: 'week', day: TODAY }, -1)).toBe('2026-11-15')
  })

  it('moves an entry by keys as the screen runs: to the left is tomorrow in Persian, yesterday in English', () => {
    const at = { day: TODAY, minute: 600 }
    expect(movedBy({ view: 'month' }, 'ArrowLeft', at, true, 540)).toEqual({ day: '2026-11-23', minute: 600 })
    expect(movedBy({ view: 'month' }, 'ArrowLeft', at, false, 540)).toEqual({ day: '2026-11-21', minute: 600 })
    expect(movedBy({ view: 'month' }, 'ArrowUp', at, true, 540)).toEqual({ day: '2026-11-15', minute: 600 })
    expect(movedBy({ view: 'day' }, 'ArrowUp', at, true, 540)).toEqual({ day: TODAY, minute: 570 })
    expect(movedBy({ view: 'day' }, 'ArrowDown', { day: TODAY, minute: 1410 }, true, 540)).toBeNull()
    expect(movedBy({ view: 'week' }, 'ArrowDown', { day: TODAY, minute: null }, true, 540)).toEqual({
      day: TODAY,
      minute: 540,
    })
  })

  it('counts what a cell has no line for, honestly', () => {
    expect(cellLines(3, 3, 3)).toEqual({ shown: 3, more: 0 })
    expect(cellLines(4, 4, 3)).toEqual({ shown: 2, more: 2 })
    expect(cellLines(5000, 8, 3)).toEqual({ shown: 2, more: 4998 })
  })
})
