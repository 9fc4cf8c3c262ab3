import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysBetween } from '../../shared/domain/jalali.ts'
import { type UnderstoodLine, understandLine } from '../../shared/domain/log-line.ts'
import type { When } from '../../shared/domain/parse-when.ts'
import { ruleText } from '../../shared/domain/recurrence.ts'
import { LINES } from './log-lines.ts'
import { NOW } from './when-phrases.ts'

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const said = ({ day, minute }: When) => {
  const days = daysBetween(NOW.day, day)
  return `${days < 0 ? '' : '+'}${days}${minute === null ? '' : ` ${clock(minute)}`}`
}

function summary(u: UnderstoodLine) {
  const { kind, direction, channel, minutes } = u.activity
  return {
    is: [u.happened ? kind : 'plan', direction, channel, minutes, u.noAnswer ? 'no answer' : null]
      .filter((x) => x !== null)
      .join(' '),
    ...(u.who.length > 0 && { who: u.who }),
    ...(u.body !== '' && { body: u.body }),
    ...(u.at && { at: said(u.at) }),
    ...(u.followUp && { next: `${said(u.followUp)} ${u.followUp.kind} ${u.followUp.title}` }),
    ...(u.followUp?.rule && { again: ruleText(u.followUp.rule) }),
    ...(u.perhaps.length > 0 && { perhaps: u.perhaps }),
    ...(u.named.length > 0 && { named: u.named }),
    ...(u.noDay && { noDay: u.noDay }),
    ...(u.tooOften && { tooOften: u.tooOften }),
    ...(u.mentions.length > 0 && { mentions: u.mentions }),
  }
}

const SEPARATORS = /[\s،,؛;!؟?«»"().:…\-–—\u200c]/

/** Nothing typed is lost: every sign but spaces and punctuation is in one span, and the body is what the spans call body. */
function expectWhole(text: string, u: UnderstoodLine) {
  let at = 0
  for (const { start, end } of u.spans) {
    expect(start >= at && end > start && end <= text.length, text).toBe(true)
    expect(
      [...text.slice(at, start)].every((c) => SEPARATORS.test(c)),
      `${text}: ${text.slice(at, start)}`,
    ).toBe(true)
    at = end
  }
  expect(
    [...text.slice(at)].every((c) => SEPARATORS.test(c)),
    `${text}: ${text.slice(at)}`,
  ).toBe(true)
  const own = u.spans.filter((s) => s.part === 'body' || s.part === 'mention').map((s) => text.slice(s.start, s.end))
  for (const piece of own) expect(u.body, text).toContain(piece)
}

describe('a line of the log on Sunday 1 Azar 1405 at 11:00', () => {
  it('is one of at least 80', () => expect(new Set(LINES.map(([text]) => text)).size).toBeGreaterThanOrEqual(80))
  it.each(LINES)('%s', (text, wanted) => {
    const understood = understandLine(text, NOW)
    expect(summary(understood)).toEqual(wanted)
    expectWhole(text, understood)
  })
  it('means the same in Arabic letters and in digits of any kind', () => {
    for (const [text, wanted] of LINES) {
      const arabic = text
        .replaceAll('ی', 'ي')
        .replaceAll('ک', 'ك')
        .replace(/[0-9۰-۹]/g, (c) => String.fromCharCode(0x660 + (c.charCodeAt(0) & 15)))
      const got = summary(understandLine(arabic, NOW))
      expect({ is: got.is, at: got.at, next: got.next?.split(' ').slice(0, 2) }, text).toEqual({
        is: wanted.is,
        at: wanted.at,
        next: wanted.next?.split(' ').slice(0, 2),
      })
    }
  })
})

describe('what was typed', () => {
  const pool = [...new Set(LINES.flatMap(([text]) => text.split(' ')))]
  it('is never lost, in whatever order the words stand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pool), fc.string({ maxLength: 6, unit: 'grapheme' })), { maxLength: 14 }),
        (parts) => {
          const text = parts.join(' ')
          expectWhole(text, understandLine(text, NOW))
        },
      ),
      { numRuns: 400 },
    )
  })
  it('is a note with all of its text when it means nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('سیب', 'دیوار', 'xyz', 'آبی', 'سنگ،', 'کاغذ.', 'بلند!'), {
          minLength: 1,
          maxLength: 9,
        }),
        (parts) => {
          const text = parts.join(' ')
          const u = understandLine(text, NOW)
          expect(summary(u)).toEqual({ is: 'note', body: u.body })
          expect(text.startsWith(u.body)).toBe(true)
          expect(text.slice(u.body.length)).toMatch(/^[،.!]?$/)
        },
      ),
    )
  })
  it('may be nothing or very long', () => {
    expect(understandLine('', NOW)).toMatchObject({ activity: { kind: 'note' }, body: '', spans: [], followUp: null })
    const long = 'قیمت فردا ۱۰ شنبه ساعت '.repeat(80)
    expectWhole(long, understandLine(long, NOW))
  })
})
