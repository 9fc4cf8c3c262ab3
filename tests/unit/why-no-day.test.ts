import { describe, expect, it } from 'vitest'
import { parseDay } from '../../shared/domain/parse-day.ts'
import { whyNoDay } from '../../shared/domain/why-no-day.ts'

/** 1 Azar 1405, a common year. */
const TODAY = '2026-11-22'
const short = (month: number, year: number, days: number) => ({ code: 'MONTH_TOO_SHORT', month, year, days })
const years = { code: 'YEAR_OUT_OF_RANGE', first: 1206, last: 1498 }

describe('a day that does not exist says why', () => {
  it.each([
    ['۳۱ مهر', short(7, 1405, 30)],
    ['سی و یکم مهر', null],
    ['۳۱ مهر ۱۴۰۶', short(7, 1406, 30)],
    ['۳۱ مهر ساعت ۱۰', short(7, 1405, 30)],
    ['۱۴۰۵/۷/۳۱', short(7, 1405, 30)],
    ['۱۴۰۵/۱۲/۳۰', short(12, 1405, 29)],
    ['12/30', short(12, 1405, 29)],
    ['1600/1/1', years],
    ['۱ فروردین ۱۶۰۰', years],
    ['ساعت ۲۵', { code: 'NO_SUCH_HOUR' }],
    ['ساعت ۲۴', null],
    ['قیمت', null],
    ['2026/2/30', null],
    ['45 مهر', null],
  ])('%s', (text, reason) => {
    expect(whyNoDay(text, TODAY)).toEqual(reason)
    if (reason) expect(parseDay(text.replace(/ ساعت.*/, ''), TODAY)).toBeNull()
  })
})
