import { isLeapJalaaliYear, isValidJalaaliDate, jalaaliMonthLength, toGregorian, toJalaali } from 'jalaali-js'

/** A civil day as stored: Gregorian 'YYYY-MM-DD', no zone. */
export type IsoDay = string
export type JalaliDay = { jy: number; jm: number; jd: number }

/** The years for which Iran's official leap table is published; the arithmetic is verified day by day inside them. */
export const FIRST_YEAR = 1206
export const LAST_YEAR = 1498
const DAY_MS = 86_400_000

/** Days since 1970-01-01; throws RangeError when the text is no real day. */
function dayNumber(iso: IsoDay): number {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? []
  const ms = Date.UTC(Number(y), Number(m) - 1, Number(d))
  if (Number.isNaN(ms) || isoOf(ms / DAY_MS) !== iso) throw new RangeError(`not a day: ${iso}`)
  return ms / DAY_MS
}

const isoOf = (day: number): IsoDay => new Date(day * DAY_MS).toISOString().slice(0, 10)

export function isIsoDay(text: string): boolean {
  try {
    dayNumber(text)
    return true
  } catch {
    return false
  }
}

function checkYear(jy: number): void {
  if (!Number.isInteger(jy) || jy < FIRST_YEAR || jy > LAST_YEAR)
    throw new RangeError(`Jalali year out of range: ${jy}`)
}

export function toJalali(iso: IsoDay): JalaliDay {
  dayNumber(iso)
  const { jy, jm, jd } = toJalaali(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8)))
  checkYear(jy)
  return { jy, jm, jd }
}

export function isValidJalali(jy: number, jm: number, jd: number): boolean {
  return jy >= FIRST_YEAR && jy <= LAST_YEAR && [jy, jm, jd].every(Number.isInteger) && isValidJalaaliDate(jy, jm, jd)
}

/** Throws RangeError outside 1206..1498 and for days that do not exist. */
export function fromJalali(jy: number, jm: number, jd: number): IsoDay {
  if (!isValidJalali(jy, jm, jd)) throw new RangeError(`not a Jalali day: ${jy}/${jm}/${jd}`)
  const { gy, gm, gd } = toGregorian(jy, jm, jd)
  return `${gy}-${String(gm).padStart(2, '0')}-${String(gd).padStart(2, '0')}`
}

export function isLeapJalali(jy: number): boolean {
  checkYear(jy)
  return isLeapJalaaliYear(jy)
}

export function daysInJalaliMonth(jy: number, jm: number): number {
  checkYear(jy)
  if (!Number.isInteger(jm) || jm < 1 || jm > 12) throw new RangeError(`not a month: ${jm}`)
  return jalaaliMonthLength(jy, jm)
}

/** A birthday whose year is not known; the 30th of Esfand counts, as it exists in leap years. */
export function isValidMonthDay(jm: number, jd: number): boolean {
  return Number.isInteger(jm) && Number.isInteger(jd) && jm >= 1 && jm <= 12 && jd >= 1 && jd <= (jm <= 6 ? 31 : 30)
}

/** 0 Saturday .. 6 Friday. */
export function weekday(iso: IsoDay): number {
  return (((dayNumber(iso) + 5) % 7) + 7) % 7
}

export function addDays(iso: IsoDay, n: number): IsoDay {
  return isoOf(dayNumber(iso) + n)
}

/** Whole days from one day to another, negative when `to` is earlier. */
export function daysBetween(from: IsoDay, to: IsoDay): number {
  return dayNumber(to) - dayNumber(from)
}

/** The same day n Jalali months on, or the month's last day when it is shorter (31 Shahrivar + 1 = 30 Mehr). */
export function addJalaliMonths(iso: IsoDay, n: number): IsoDay {
  const { jy, jm, jd } = toJalali(iso)
  const months = jy * 12 + (jm - 1) + n
  const year = Math.floor(months / 12)
  const month = months - year * 12 + 1
  return fromJalali(year, month, Math.min(jd, daysInJalaliMonth(year, month)))
}

const wallClock = (zone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })

/** Making a formatter costs far more than using it, and nearly every call is about Tehran. */
const TEHRAN = wallClock('Asia/Tehran')

/** Iran keeps +03:30 all year since its last summer time ended on 22 September 2022; a test holds this against the time zones of the runtime. */
const SUMMER_TIME_ENDED = Date.UTC(2022, 8, 22)
const TEHRAN_AHEAD = 3.5 * 3_600_000
/** Years of four digits. */
const FAR = Date.UTC(9999, 0, 1)

/** Calendar day and HH:MM of an instant in the business zone (never the zone of the PC, which may lack updates). */
export function wallTime(epochMs: number, zone = 'Asia/Tehran'): { day: IsoDay; time: string } {
  // Reckoned where that is sure: the formatter takes a tenth of a millisecond, and a save or a page asks several times.
  if (zone === 'Asia/Tehran' && epochMs >= SUMMER_TIME_ENDED && epochMs < FAR) {
    const text = new Date(epochMs + TEHRAN_AHEAD).toISOString()
    return { day: text.slice(0, 10), time: text.slice(11, 16) }
  }
  const parts = (zone === 'Asia/Tehran' ? TEHRAN : wallClock(zone)).formatToParts(epochMs)
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? ''
  const year = part('year').padStart(4, '0')
  return { day: `${year}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` }
}

export function dayOf(epochMs: number, zone = 'Asia/Tehran'): IsoDay {
  return wallTime(epochMs, zone).day
}
