import { readFileSync } from 'node:fs'
import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { weekWords } from '../../renderer/modules/calendar/week-words.ts'
import { instantOf } from '../../shared/domain/instants.ts'
import { addDays } from '../../shared/domain/jalali.ts'
import {
  allHours,
  areHours,
  DEFAULT_WEEK,
  hoursOf,
  isWorking,
  nextWorkingDay,
  pausesOf,
  type WorkTime,
  workingMinutes,
} from '../../shared/domain/working-week.ts'

/** 1 Azar 1405 is a Sunday; the 5th a Thursday, the 6th a Friday. */
const SUNDAY = '2026-11-22'
const THURSDAY = '2026-11-26'
const FRIDAY = '2026-11-27'
const SATURDAY = '2026-11-28'
const plain: WorkTime = { week: DEFAULT_WEEK, isHoliday: () => false }
const h = (day: string, hour: number) => instantOf(day, hour * 60)

describe('the working week', () => {
  it('has Friday off and Thursday half unless the business says otherwise', () => {
    expect([SUNDAY, THURSDAY, FRIDAY].map((day) => isWorking(day, plain))).toEqual([true, true, false])
    expect(hoursOf(DEFAULT_WEEK, THURSDAY)).toMatchObject({ kind: 'half', to: 13 * 60 })
    const week = DEFAULT_WEEK.map((day, i) => ({ ...day, kind: i === 5 ? ('off' as const) : day.kind }))
    expect(isWorking(THURSDAY, { ...plain, week })).toBe(false)
  })

  it('knows the next working day over a weekend and holidays, and says so when there is none', () => {
    expect(nextWorkingDay(THURSDAY, plain)).toBe(SATURDAY)
    expect(nextWorkingDay(THURSDAY, { ...plain, isHoliday: (day) => day === SATURDAY })).toBe('2026-11-29')
    const closed = { ...plain, week: DEFAULT_WEEK.map((day) => ({ ...day, kind: 'off' as const })) }
    expect(nextWorkingDay(SUNDAY, closed)).toBeNull()
    expect(workingMinutes(h(SUNDAY, 0), h(SATURDAY, 0), closed)).toBe(0)
  })

  it('counts minutes of work between two instants', () => {
    expect(workingMinutes(h(SUNDAY, 10), h(SUNDAY, 12), plain)).toBe(120)
    expect(workingMinutes(h(SUNDAY, 6), h(SUNDAY, 23), plain)).toBe(8 * 60)
    expect(workingMinutes(h(THURSDAY, 12), h(SATURDAY, 10), plain)).toBe(60 + 60)
    expect(workingMinutes(h(FRIDAY, 9), h(FRIDAY, 17), plain)).toBe(0)
    expect(workingMinutes(h(SUNDAY, 12), h(SUNDAY, 10), plain)).toBe(0)
    const holiday = { ...plain, isHoliday: (day: string) => day === THURSDAY }
    expect(workingMinutes(h(SUNDAY, 0), h(SATURDAY, 24), holiday)).toBe(5 * 8 * 60)
  })

  it('may have a pause at noon', () => {
    const split = { kind: 'working' as const, from: 540, to: 780, more: [{ from: 1020, to: 1260 }] }
    const shop = { ...plain, week: DEFAULT_WEEK.map((day) => (day.kind === 'working' ? split : day)) }
    expect(workingMinutes(h(SUNDAY, 0), h(SUNDAY, 24), shop)).toBe(8 * 60)
    expect(workingMinutes(h(SUNDAY, 12), h(SUNDAY, 18), shop)).toBe(2 * 60)
    expect(workingMinutes(h(SUNDAY, 14), h(SUNDAY, 16), shop)).toBe(0)
    expect(pausesOf(split)).toEqual([
      { from: 0, to: 540 },
      { from: 780, to: 1020 },
      { from: 1260, to: 1440 },
    ])
    expect(pausesOf({ ...split, from: 0, more: [{ from: 800, to: 1440 }] })).toEqual([{ from: 780, to: 800 }])
    expect(areHours(allHours(split))).toBe(true)
    expect(
      areHours([
        { from: 540, to: 780 },
        { from: 780, to: 900 },
      ]),
    ).toBe(false)
    expect(
      areHours([
        { from: 1020, to: 1260 },
        { from: 540, to: 780 },
      ]),
    ).toBe(false)
  })

  it('agrees with counting minute by minute, also over the days on which clocks were changed', () => {
    for (const from of ['2022-03-21', '2022-09-21', SUNDAY]) {
      const begin = h(from, 15)
      for (const days of [0, 1, 3]) {
        const end = instantOf(addDays(from, days), 16 * 60 + 30)
        let n = 0
        for (let at = begin; at < end; at += 60_000) if (workingMinutes(at, at + 60_000, plain) === 1) n++
        expect(workingMinutes(begin, end, plain)).toBe(n)
      }
    }
  })
})

describe('the working week in words', () => {
  it('tells days of the same hours as one', async () => {
    const words = (name: string) =>
      JSON.parse(readFileSync(new URL(`../../locales/fa/${name}.json`, import.meta.url), 'utf8'))
    const i18n = createInstance()
    await i18n.init({ lng: 'fa', resources: { fa: { calendar: words('calendar'), tasks: words('tasks') } } })
    expect(weekWords(DEFAULT_WEEK, i18n.t, 'fa')).toBe(
      'شنبه تا چهارشنبه: ۰۹:۰۰ تا ۱۷:۰۰؛ پنجشنبه: ۰۹:۰۰ تا ۱۳:۰۰؛ جمعه: تعطیل',
    )
    const always = DEFAULT_WEEK.map((day) => ({ ...day, kind: 'working' as const, to: 17 * 60 }))
    expect(weekWords(always, i18n.t, 'fa')).toBe('شنبه تا جمعه: ۰۹:۰۰ تا ۱۷:۰۰')
    const split = always.map((day) => ({ ...day, to: 780, more: [{ from: 1020, to: 1260 }] }))
    expect(weekWords(split, i18n.t, 'fa')).toBe('شنبه تا جمعه: ۰۹:۰۰ تا ۱۳:۰۰ و ۱۷:۰۰ تا ۲۱:۰۰')
  })
})
