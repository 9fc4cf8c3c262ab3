import { takeDayPart } from './day-parts.ts'
import { EARLIER, LATER } from './nearest-day.ts'
import { cardinal } from './spoken-numbers.ts'

/** `minute` counts from midnight and is 1440 or more in the night that follows; `bare` when only a number was said, which may mean anything. */
export type SaidTime = { minute: number; bare: boolean }

const HALF_DAY = 720
/** An hour without a word for the part of the day lies in the working day: 1 to 6 are afternoon, 7 to 12 as they are. */
const WORKING = { from: 7 * 60, to: 19 * 60 }

/** A clock time in text from `spokenText`: «۱۰ صبح», «ساعت ۵ عصر», «پنج و نیم», «یک ربع به ۴», «۱۷:۳۰», «ظهر», '5:30 pm'; else null. */
export function parseTime(said: string): SaidTime | null {
  const { part, rest } = takeDayPart(said)
  const named = /^(?:(?:سر|راس) )?ساعت |^at | o'?clock$/.test(rest)
  const clock = rest
    .replace(/^(?:(?:سر|راس) )?ساعت /, '')
    .replace(/ o'?clock$/, '')
    .replace(/^at(?: |$)/, '')
  if (clock === '') return part && part.at >= 0 && !named ? { minute: part.at, bare: false } : null
  const time = clockTime(clock, named)
  if (!time) return null
  const range = part ?? WORKING
  const literal = !part && (time.literal || time.minute >= 13 * 60)
  if (literal) return { minute: time.minute, bare: false }
  const twelve = time.minute >= 13 * 60 ? [time.minute] : [0, 1, 2].map((k) => (time.minute % HALF_DAY) + k * HALF_DAY)
  const minute = twelve.find((m) => m >= range.from && m < range.to)
  return minute === undefined ? null : { minute, bare: !part && !named && time.bare }
}

type Clock = { minute: number; literal: boolean; bare: boolean }

/** The hands of the clock: `literal` when written as a 24-hour clock (a leading zero or hour 0). */
function clockTime(s: string, named: boolean): Clock | null {
  const colon = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(s)
  if (colon) return at(colon[1]!, Number(colon[2]), false)
  const dotted = named ? /^(\d{1,2})[./ ]?(\d{2})$/.exec(s) : null
  if (dotted && !/^\d\d$/.test(s)) return at(dotted[1]!, Number(dotted[2]), false)
  const alone = hour(s)
  if (alone !== null) return at(alone, 0, !named)
  const [, past, minutes] =
    /^(.+?) (?:و )?((?:نیم|ربع|یک ربع|سه ربع)|.+ دقیقه)$/.exec(s) ?? /^(.+?) و (.+)$/.exec(s) ?? []
  if (past && minutes) return withMinutes(past, minutes, 1)
  const to = /^(?:(.+?) )(?:مانده |مونده )?به (?:ساعت )?(.+)$/.exec(s)
  if (to) return withMinutes(to[2]!, to[1]!, -1)
  const english = /^(.+) (past|to) (.+)$/.exec(s)
  return english ? withMinutes(english[3]!, english[1]!, english[2] === 'past' ? 1 : -1) : null
}

function withMinutes(said: string, minutes: string, sign: 1 | -1): Clock | null {
  const h = hour(said)
  const m = minuteCount(minutes)
  if (h === null || m === null || (sign < 0 && h === '0')) return null
  const clock = at(h, sign > 0 ? m : 0, false)
  return clock && sign < 0 ? { ...clock, minute: (clock.minute === 0 ? HALF_DAY : clock.minute) - m } : clock
}

/** The digits of an hour as typed, a word as digits. */
function hour(said: string): string | null {
  if (/^\d{1,2}$/.test(said)) return said
  const n = said === 'a' || said === 'an' ? null : cardinal(said)
  return n === null || /\d/.test(said) ? null : String(n)
}

const SHARES: Readonly<Record<string, number>> = {
  نیم: 30,
  ربع: 15,
  'یک ربع': 15,
  'یه ربع': 15,
  'سه ربع': 45,
  half: 30,
  quarter: 15,
  'a quarter': 15,
}

function minuteCount(said: string): number | null {
  const s = said.replace(/ (دقیقه|minutes?|mins?)$/, '')
  const n = SHARES[s] ?? cardinal(s)
  return n !== null && n < 60 ? n : null
}

function at(h: string, m: number, bare: boolean): Clock | null {
  const n = Number(h)
  if (n > 24 || m > 59 || (n === 24 && m > 0)) return null
  return { minute: n * 60 + m, literal: n === 0 || n === 24 || (h.length === 2 && h.startsWith('0')), bare }
}

const UNITS: Readonly<Record<string, number>> = {
  ساعت: 60,
  hour: 60,
  hr: 60,
  h: 60,
  دقیقه: 1,
  minute: 1,
  min: 1,
  m: 1,
  ربع: 15,
}
const UNIT = 'ساعت|دقیقه|ربع|hours?|hrs?|h|minutes?|mins?|m'
const LENGTH = new RegExp(`^(.+?) (${UNIT})(?: و (نیم|ربع|یک ربع|یه ربع|سه ربع|(?:.+) دقیقه))?$`)

/** A length of time in minutes, from `spokenText`: «۱۰ دقیقه», «نیم ساعت», «یک ساعت و نیم», «دو ساعت و ربع», '2 hours'; else null. */
export function durationMinutes(said: string): number | null {
  if (/^(نیم ساعت|نیمساعت|half an hour|half hour|an? half hour)$/.test(said)) return 30
  if (/^(ربع ساعت|یک ربع ساعت|quarter of an hour|a quarter)$/.test(said)) return 15
  if (/^سه ربع(?: ساعت)?$/.test(said)) return 45
  const half = /^(\S+)(?: و نیم|[./]5) (?:ساعت|hours?)$/.exec(said)
  const whole = half ? cardinal(half[1]!) : null
  if (whole !== null) return 60 * whole + 30
  const [, count, unit, more] = LENGTH.exec(said) ?? []
  const n = count === undefined ? null : cardinal(count.replace(/ تا$/, ''))
  if (n === null || n === 0 || !unit) return null
  const extra = more === undefined ? 0 : minuteCount(more)
  const each = UNITS[unit] ?? UNITS[unit.replace(/s$/, '')]!
  if (extra === null || (extra > 0 && each !== 60)) return null
  return n * each + extra
}

const FROM_NOW = new RegExp(`^(.+) (?:(${LATER}|from now)|(${EARLIER}))$`)

/** Minutes from now as said: «نیم ساعت دیگه» 30, «دو ساعت پیش» -120, 'in 2 hours'; else null. */
export function minutesFromNow(said: string): number | null {
  if (/^(الان|همین الان|حالا|همین حالا|اکنون|now|right now)$/.test(said)) return 0
  const english = /^in (.+)$/.exec(said)
  if (english) return durationMinutes(english[1]!)
  const [, length, later] = FROM_NOW.exec(said) ?? []
  const minutes = length ? durationMinutes(length) : null
  return minutes === null ? null : later ? minutes : -minutes
}
