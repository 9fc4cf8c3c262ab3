import { describe, expect, it } from 'vitest'
import { MONTH_NAMES } from '../../shared/domain/calendar-names.ts'
import {
  formatDateTime,
  formatDay,
  formatMonthDay,
  formatRelativeDay,
  localDigits,
} from '../../shared/domain/format.ts'
import { addDays, fromJalali, parseDay, toJalali } from '../../shared/domain/jalali.ts'
import { parseWhen } from '../../shared/domain/parse-when.ts'
import { NONSENSE, NOW, PHRASES } from './when-phrases.ts'

const dayOfPhrase = (text: string) => {
  if (/^[+-]/.test(text)) return addDays(NOW.day, Number(text))
  const [y, m, d] = text.split('/').map(Number)
  return fromJalali(y!, m!, d!)
}
const minuteOf = (time: string) => (time === '' ? null : Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))

describe('what shopkeepers say on Sunday 1 Azar 1405 at 11:00', () => {
  it('are at least 300 phrases, none twice', () => {
    expect(new Set(PHRASES.map(([text]) => text)).size).toBe(PHRASES.length)
    expect(PHRASES.length).toBeGreaterThanOrEqual(300)
  })
  it.each(PHRASES)('%s', (text, day, time) => {
    expect(parseWhen(text, NOW)).toEqual({ day: dayOfPhrase(day), minute: minuteOf(time) })
  })
  it('mean the same in any digits, with Arabic letters and with half-spaces for spaces', () => {
    for (const [text, day, time] of PHRASES) {
      const wanted = { day: dayOfPhrase(day), minute: minuteOf(time) }
      const arabic = text
        .replaceAll('ی', 'ي')
        .replaceAll('ک', 'ك')
        .replace(/[0-9۰-۹]/g, (c) => String.fromCharCode(0x660 + (c.charCodeAt(0) & 15)))
      expect(parseWhen(arabic, NOW), arabic).toEqual(wanted)
      expect(parseWhen(`  ${text.replaceAll(' ', '  ')}\u200f `, NOW), text).toEqual(wanted)
    }
  })
  it('give the day alone to a field that holds only days', () => {
    for (const [text, day, time] of PHRASES) {
      if (time === '' && !/Z$/.test(text))
        expect(parseDay(text.replace(/^(?:تا|برای|واسه|on|by) /, ''), NOW.day), text).toBe(dayOfPhrase(day))
    }
  })
})

describe('what means no day and no time', () => {
  it.each(NONSENSE)('%j', (text) => expect(parseWhen(text, NOW)).toBeNull())
})

/** As toEqual, which is too slow for a hundred thousand of them. */
function expectRead(text: string, now: { day: string; minute: number }, day: string, minute: number | null) {
  const got = parseWhen(text, now)
  if (got?.day !== day || got.minute !== minute)
    expect.fail(`${text} on ${now.day}: ${JSON.stringify(got)}, not ${day} ${minute}`)
}

describe('every day of 1403 (a leap year), 1404 and 1405 comes back', () => {
  const noon = { day: '', minute: 12 * 60 }
  const gregorianMonth = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })
  const days = Array.from({ length: 366 + 365 + 365 }, (_, i) => addDays(fromJalali(1403, 1, 1), i))

  it('from every way the product writes a day', () => {
    const styles = ['long', 'short', 'numeric'] as const
    for (const [i, day] of days.entries()) {
      const today = addDays(day, (Number(day.slice(8)) * 7) % 200)
      const now = { ...noon, day: today }
      for (const lang of ['fa', 'en'] as const) {
        for (const style of styles) expectRead(formatDay(day, lang, style), now, day, null)
        const withTime = `${formatDay(day, lang, styles[i % 3]!)} ${lang === 'fa' ? 'ساعت' : 'at'} ${localDigits('16:05', lang)}`
        expectRead(withTime, now, day, 965)
        for (const ahead of [-6, -1, 0, 1, 5]) {
          const shown = formatRelativeDay(addDays(day, ahead), day, lang)
          expectRead(shown, { ...noon, day }, addDays(day, ahead), null)
        }
        const later = formatRelativeDay(day, addDays(day, -20), lang)
        expectRead(later, { ...noon, day: addDays(day, -20) }, day, null)
      }
    }
  })

  it('from an instant written with its time', () => {
    for (const day of days) {
      const instant = Date.parse(`${day}T01:40:00Z`)
      for (const lang of ['fa', 'en'] as const) {
        const shown = formatDateTime(instant, Date.parse(`${addDays(day, -3)}T09:00:00Z`), lang)
        expectRead(shown, { day: addDays(day, -3), minute: 0 }, day, 310)
      }
    }
  })

  it('from day and month, in words and in numbers, and from Gregorian text', () => {
    for (const day of days) {
      const { jy, jm, jd } = toJalali(day)
      const now = { ...noon, day: addDays(day, -9) }
      const written = [
        `${jd} ${MONTH_NAMES.fa[jm - 1]}`,
        `${jd} ${MONTH_NAMES.en[jm - 1]}`,
        formatMonthDay(jm, jd, 'fa'),
        `${jy}/${jm}/${jd}`,
        `${jd}/${jm}/${jy}`,
        `${jd}/${jm}`,
        day,
        `${day.slice(8)} ${gregorianMonth.format(Date.parse(day))}`,
      ]
      for (const text of written) expectRead(text, now, day, null)
    }
  })
})

describe('a day of another month', () => {
  const today = fromJalali(1405, 9, 10)
  it.each([
    ['اول ماه بعد', 1405, 10, 1],
    ['پنجم ماه بعد', 1405, 10, 5],
    ['پنجم ماه', 1405, 10, 5],
    ['۵ این ماه', 1405, 9, 5],
    ['۵ ماه بعد', 1406, 2, 10],
    ['سر برج', 1405, 10, 1],
    ['۳۱م', 1406, 1, 31],
  ])('%s on the tenth', (text, jy, jm, jd) => {
    const got = text === '۳۱م' ? parseDay(text, fromJalali(1405, 12, 10)) : parseDay(text, today)
    expect(got && toJalali(got)).toEqual({ jy, jm, jd })
  })
})

describe('a time', () => {
  it('comes back from every minute of the 24-hour clock', () => {
    for (let minute = 0; minute < 1440; minute++) {
      const two = (n: number) => String(n).padStart(2, '0')
      const text = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
      expectRead(`فردا ${text}`, NOW, addDays(NOW.day, 1), minute)
      expectRead(text, NOW, addDays(NOW.day, minute < NOW.minute ? 1 : 0), minute)
    }
  })
  it('that is now is today', () => expect(parseWhen('۱۱:۰۰', NOW)).toEqual(NOW))
  it('at the edge of the supported years is no day', () => {
    expect(parseWhen('فردا', { day: fromJalali(1498, 12, 30), minute: 0 })).toBeNull()
    expect(parseWhen('۲ ساعت دیگه', { day: fromJalali(1498, 12, 30), minute: 1400 })).toBeNull()
    expect(parseWhen('دو روز پیش', { day: fromJalali(1206, 1, 1), minute: 0 })).toBeNull()
  })
})
