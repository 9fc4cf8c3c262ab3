import { addDays, type IsoDay, toJalali, wallTime } from './jalali-calendar.ts'
import { readDay } from './parse-day.ts'
import { MONTH } from './parse-period.ts'
import { minutesFromNow, parseTime, type SaidTime } from './parse-time.ts'
import { toLatinDigits } from './persian-text.ts'
import { cardinal } from './spoken-numbers.ts'
import { spokenText } from './spoken-text.ts'

/** `minute` of the day in Tehran, 0..1439; null when only a day was said. */
export type When = { day: IsoDay; minute: number | null }
export type Now = { day: IsoDay; minute: number }

/**
 * A day with or without a time as people type and say it («فردا ۱۰ صبح», «نیم ساعت دیگه», «شنبه», «۱۴۰۵/۹/۱ ۱۰:۳۰», 'next monday 5pm'), the
 * time before or behind the day; null when it is not understood. Days are those of `parseDay`; beyond that:
 * - an hour without a word for the part of the day lies in the working day: 1 to 6 are afternoon, 7 to 12 as they are; 05:30 with its
 *   zero and hours from 13 on are the 24-hour clock;
 * - a time without a day is today's, or tomorrow's when it has passed;
 * - 12 to 4 «شب» belong to the night that follows the day said, «بامداد» to its morning;
 * - a number of one or two digits alone is neither a day nor a time: it is understood beside a day («فردا ۱۰») or after «ساعت».
 */
export function parseWhen(text: string, now: Now): When | null {
  const latin = toLatinDigits(text)
    .replace(/[\u200e\u200f]/g, '')
    .trim()
  const zoned = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/i.test(latin) ? Date.parse(latin) : Number.NaN
  if (!Number.isNaN(zoned)) {
    const { day, time } = wallTime(zoned)
    return { day, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) }
  }
  const s = plain(text)
  if (s === '' || s.length > 80) return null
  try {
    return read(s, now)
  } catch (e) {
    if (e instanceof RangeError) return null
    throw e
  }
}

const NIGHT_WORDS: readonly (readonly [RegExp, string])[] = [
  [/(^| )امشب(?= |$)/g, '$1امروز شب'],
  [/(^| )tonight(?= |$)/g, '$1today night'],
  [/(^| )دیشب(?= |$)/g, '$1دیروز شب'],
  [/(^| )پریشب(?= |$)/g, '$1پریروز شب'],
  [/(^| )this (?=morning|afternoon|evening)/g, '$1today '],
]
/** Words that carry nothing: before the whole, and between the day and the time. */
const LEADING =
  /^(?:(?:تا|برای|واسه|از|در|به تاریخ|حدود|حدودا|حدودای|طرفای|طرف|حوالی|تقریبا|on|by|until|till|around|about) )+/
const BETWEEN = / (?:(?:در|حدود|حدودا|حدودای|طرفای|طرف|حوالی|تقریبا|at|around|about|by)|تا(?= ساعت)|و(?= ساعت)) /g

function plain(text: string): string {
  let s = spokenText(text)
  for (const [word, words] of NIGHT_WORDS) s = s.replace(word, words)
  return s.replace(LEADING, '').replace(BETWEEN, ' ')
}

function read(s: string, now: Now): When | null {
  const fromNow = minutesFromNow(s)
  if (fromNow !== null) return onDay(now.day, now.minute + fromNow)
  const day = dayIn(s, now.day)
  if (day !== null) return { day, minute: null }
  const time = parseTime(s)
  if (time) return time.bare ? null : onDay(time.minute < now.minute ? addDays(now.day, 1) : now.day, time.minute)
  return dayAndTime(s.split(' '), now)
}

/** Every run of words as the day, the longest first, and the words about it as the time; then the other way round. */
function dayAndTime(words: readonly string[], now: Now): When | null {
  for (const { inside, outside, start } of runs(words, 0)) {
    const day = dayIn(inside, now.day)
    const time = day === null ? null : timeBeside(outside, now)
    // «دو سه روز دیگه» is vague, not two o'clock
    const vague = start > 0 && cardinal(inside.split(' ')[0]!) !== null && cardinal(outside) !== null
    if (day !== null && time && !vague) return onDay(day, time.minute)
  }
  for (const { inside, outside } of runs(words, 1)) {
    const day = dayIn(outside, now.day)
    const time = day === null ? null : timeBeside(inside, now)
    if (day !== null && time && !time.bare) return onDay(day, time.minute)
  }
  return null
}

/** The runs of words that leave at least `edge` words on each side, the longest first. */
function* runs(words: readonly string[], edge: number): Generator<{ inside: string; outside: string; start: number }> {
  for (let length = words.length - Math.max(1, 2 * edge); length > 0; length--) {
    for (let start = edge; start + length <= words.length - edge; start++) {
      const outside = [...words.slice(0, start), ...words.slice(start + length)].join(' ')
      yield { inside: words.slice(start, start + length).join(' '), outside, start }
    }
  }
}

/** «۱۵ آذر ۱۰» is ten o'clock: a year of two digits has a zero in front («۰۵») or is beyond the hours («۵۷»). */
const HOUR_AS_YEAR = new RegExp(`(?:${MONTH})(?: ?ماه)? (?:1?[1-9]|10|2[0-4])$`)

function dayIn(s: string, today: IsoDay): IsoDay | null {
  return HOUR_AS_YEAR.test(s) || / شب$/.test(s) ? null : readDay(s, today)
}

function timeBeside(s: string, now: Now): SaidTime | null {
  if (/^(?:همین ساعت|همین موقع|همین وقت|this time|same time)$/.test(s)) return { minute: now.minute, bare: false }
  return parseTime(s)
}

/** Throws RangeError when the night or the hours lead out of the supported years. */
function onDay(day: IsoDay, minutes: number): When {
  const days = Math.floor(minutes / 1440)
  const on = days === 0 ? day : addDays(day, days)
  toJalali(on)
  return { day: on, minute: minutes - days * 1440 }
}
