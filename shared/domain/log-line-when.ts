import { addJalaliMonths, type IsoDay } from './jalali-calendar.ts'
import type { Token } from './log-line-tokens.ts'
import { words } from './log-line-tokens.ts'
import { COUNTED, WHEN_WORDS } from './log-line-words.ts'
import { MONTH } from './parse-period.ts'
import type { TooOften } from './parse-rule.ts'
import { durationMinutes, parseTime } from './parse-time.ts'
import { WEEKDAY } from './parse-weekday.ts'
import { type Now, parseWhen, type When } from './parse-when.ts'
import { ZWNJ } from './persian-text.ts'
import type { Rule } from './recurrence-rule.ts'
import { cardinal, ordinal } from './spoken-numbers.ts'
import { spokenText } from './spoken-text.ts'
import { whyNoDay } from './why-no-day.ts'

/**
 * A day or time found in a line, in tokens [from, to). `timeOnly`: no day was said. `weekday`: a weekday that may as well be the last one.
 * `rule`: it comes again, and `when` is its first time. `planned`: what it means for a plan, where that is another day: «اول ماه» said on a
 * first is the next one.
 */
export type FoundWhen = {
  from: number
  to: number
  when: When
  timeOnly: boolean
  weekday: boolean
  vague: boolean
  rule?: Rule
  tooOften?: TooOften | null
  planned?: When
}

const LONGEST = 8

/** Every day and time in a line, the longest readings, left to right. Amounts («۱/۵ میلیون», «شنبه ۵ کارتن») are not taken for times. */
export function whensIn(text: string, tokens: readonly Token[], now: Now): FoundWhen[] {
  const found: FoundWhen[] = []
  for (let i = 0; i < tokens.length; ) {
    const best = longestAt(text, tokens, i, now)
    if (best) found.push(best)
    i = best ? best.to : i + 1
  }
  return found
}

function longestAt(text: string, tokens: readonly Token[], i: number, now: Now): FoundWhen | null {
  let to = i
  while (to < tokens.length && to - i < LONGEST && isWhenWord(text, tokens[to]!)) {
    to++
    const next = tokens[to]
    if (tokens[to - 1]!.ends && next?.word !== 'ساعت' && next?.word !== 'at') break
  }
  for (; to > i; to--) {
    const found = reading(text, tokens, i, to, now)
    if (found) return found
  }
  return null
}

function isWhenWord(text: string, token: Token): boolean {
  if (/^\d/.test(token.word) || WHEN_WORDS.has(token.word) || isNumber(token.word)) return true
  const parts = spokenText(text.slice(token.start, token.end).replaceAll(ZWNJ, ' ')).split(' ')
  return parts.every((part) => /^\d/.test(part) || WHEN_WORDS.has(part) || isNumber(part))
}

const isNumber = (word: string) => cardinal(word) !== null || ordinal(word) !== null

function reading(text: string, tokens: readonly Token[], from: number, to: number, now: Now): FoundWhen | null {
  const said = spokenText(text.slice(tokens[from]!.start, tokens[to - 1]!.end))
  if (isUnlikely(said) || endsInCount(tokens, from, to)) return null
  const when = parseWhen(said, now)
  if (!when) return null
  const timeOnly = parseTime(said) !== null
  if (timeOnly && !/ساعت|^at |:|صبح|ظهر|عصر|شب|غروب|وقت|[ap]m$|noon|morning|afternoon|evening|night/.test(said))
    return null
  return {
    ...{ from, to, when, timeOnly },
    weekday: LONE_WEEKDAY.test(said),
    vague: /ماه|سال|month|year/.test(said),
    ...(when.day === now.day &&
      MONTH_START.test(said) && { planned: { day: addJalaliMonths(when.day, 1), minute: when.minute } }),
  }
}

const MONTH_START =
  /^(?:(?:تا|برای|واسه|از|در) )?(?:(?:اول|ابتدای|سر) (?:ماه|برج)|(?:the )?(?:start|beginning|first) of (?:the )?month)(?: |$)/

/** The days and times of a line as a plan means them. */
export const asPlanned = (whens: readonly FoundWhen[]): FoundWhen[] =>
  whens.map((found) => (found.planned ? { ...found, when: found.planned } : found))

const LONE_WEEKDAY = new RegExp(`(?:^| )(?:${WEEKDAY})(?: |$)(?!.*(?:بعد|اینده|دیگه|دیگر|next|قبل|گذشته|پیش|last))`)

/** Readings that a date field takes and a running text does not mean: «پنجم», «۱.۵», «10 12», «۱۲۳۴۵۶۷۸», «الان». */
function isUnlikely(said: string): boolean {
  return (
    isNumber(said) || /^[\d. ]+$/.test(said) || /^(الان|حالا|now|(?:تا|از|برای|در|on|by|in|the|of) ?.{0,2})$/.test(said)
  )
}

/** What may follow an hour: «فردا ۱۰ زنگ بزنم». */
const AFTER_HOUR = new Set(
  'دوباره مجدد مجددا زنگ تماس تلفن پیگیری پیگیر جلسه قرار بازدید باید برم بروم یادآوری یاداوری call meeting meet visit follow remind'.split(
    ' ',
  ),
)

/** «شنبه ۵ کارتن», «۲/۵ کیلو»: what ends in a plain number or fraction and goes on with what is counted, or with anything unless an hour was named. */
function endsInCount(tokens: readonly Token[], from: number, to: number): boolean {
  const last = tokens[to - 1]!
  const next = last.ends ? undefined : tokens[to]
  if (!next) return false
  if (/^\d+[/.]\d+$/.test(last.word)) return COUNTED.has(next.word)
  if (!isNumber(last.word) || /^\d+(م|ام|th|st|nd|rd)$/.test(last.word)) return false
  if (AFTER_HOUR.has(next.word)) return false
  return COUNTED.has(next.word) || (to - from > 1 && tokens[to - 2]!.word !== 'ساعت')
}

const DAY_OF_MONTH = /^(\d{1,4}[/-]\d{1,2}([/-]\d{1,4})?)$/

/** The first thing in a line that looks like a day or an hour and is none («۳۱ مهر», «ساعت ۲۵»), as typed, in tokens [from, to). */
export function noDayIn(text: string, tokens: readonly Token[], whens: readonly FoundWhen[], today: IsoDay) {
  for (let from = 0; from < tokens.length; from++) {
    for (let to = Math.min(from + 3, tokens.length); to > from; to--) {
      if (tokens.slice(from, to - 1).some((token) => token.ends)) continue
      if (whens.some((w) => !w.timeOnly && w.from < to && from < w.to)) continue
      const isNumber = to === from + 1
      if (isNumber && (!DAY_OF_MONTH.test(tokens[from]!.word) || COUNTED.has(tokens[to]?.word ?? ''))) continue
      const said = text.slice(tokens[from]!.start, tokens[to - 1]!.end)
      const isHour = to === from + 2 && tokens[from]!.word === 'ساعت' && !isCounted(tokens[to]?.word)
      if ((isNumber || isHour || isDayName(said)) && whyNoDay(said, today)) return { from, to, text: said }
    }
  }
  return null
}

const isCounted = (word = '') => word === 'دقیقه' || COUNTED.has(word)
const isDayName = (said: string) => NAMED_DAY.test(spokenText(said))
const NAMED_DAY = new RegExp(`^\\S+ ?(?:${MONTH})(?: ?ماه)?(?:[ /-](?:سال )?\\d{2,4})?$`)

/** A length of time in a line («۱۰ دقیقه», «به مدت نیم ساعت»), outside the tokens that are taken; the first one. */
export function durationIn(
  text: string,
  tokens: readonly Token[],
  free: (i: number) => boolean,
): { from: number; to: number; minutes: number } | null {
  for (let from = 0; from < tokens.length; from++) {
    for (let to = Math.min(from + 5, tokens.length); to > from; to--) {
      if (!Array.from({ length: to - from }, (_, k) => from + k).every(free)) continue
      if (tokens.slice(from, to - 1).some((t) => t.ends)) continue
      const said = spokenText(text.slice(tokens[from]!.start, tokens[to - 1]!.end))
      const minutes = durationMinutes(said)
      if (minutes === null || /ربع$/.test(said)) continue
      const led = words(tokens, Math.max(0, from - 2), from) === 'به مدت' ? 2 : tokens[from - 1]?.word === 'for' ? 1 : 0
      return { from: from - led, to, minutes }
    }
  }
  return null
}
