import { MONTH_NAMES } from '../../../shared/domain/calendar-names.ts'
import { fromJalali, type IsoDay, toJalali, wallTime } from '../../../shared/domain/jalali.ts'
import type { Language } from './texts.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** Days kept: more than a business has, less than memory minds. */
const DAYS = 50_000
const two = (n: number) => String(n).padStart(2, '0')

/** A date as a file says it twice: for people here, and for other programs. */
export interface BothDates {
  jalali: string
  iso: string
}

/** Instants and days of one export in the business zone. Millions of them share few days, so each day is worked out once. */
export class Dates {
  readonly #days = new Map<number, BothDates>()
  readonly #offsets = new Map<number, number>()

  /** «1405/09/01 12:30» and 2026-11-22T12:30:05+03:30. */
  instant(ms: number): BothDates {
    const offset = this.#offsetAt(ms)
    const wall = ms + offset
    const day = this.#dayAt(Math.floor(wall / DAY))
    const seconds = Math.floor((((wall % DAY) + DAY) % DAY) / 1000)
    const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`
    const sign = offset < 0 ? '-' : '+'
    const ahead = Math.abs(offset) / 60_000
    const zone = `${sign}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`
    return { jalali: `${day.jalali} ${time}`, iso: `${day.iso}T${time}:${two(seconds % 60)}${zone}` }
  }

  /** «1405/09/01» and the day itself; a text that is no day stands in both. */
  day(iso: IsoDay): BothDates {
    const ms = Date.parse(`${iso}T00:00:00Z`)
    return Number.isNaN(ms) ? { jalali: iso, iso } : this.#dayAt(ms / DAY)
  }

  /** Of wall clock from UTC, in ms: the same all day, except on the days when the clocks were changed. */
  #offsetAt(ms: number): number {
    const day = Math.floor(ms / DAY)
    let offset = this.#offsets.get(day)
    if (offset === undefined) {
      const first = offsetOf(day * DAY)
      offset = first === offsetOf((day + 1) * DAY - MINUTE) ? first : Number.NaN
      if (this.#offsets.size < DAYS) this.#offsets.set(day, offset)
    }
    return Number.isNaN(offset) ? offsetOf(Math.floor(ms / MINUTE) * MINUTE) : offset
  }

  #dayAt(number: number): BothDates {
    const known = this.#days.get(number)
    if (known) return known
    const iso = new Date(number * DAY).toISOString().slice(0, 10)
    const both = { jalali: jalaliOf(iso), iso }
    if (this.#days.size < DAYS) this.#days.set(number, both)
    return both
  }
}

/** @param minute a whole one, epoch ms */
function offsetOf(minute: number): number {
  const { day, time } = wallTime(minute)
  return Date.parse(`${day}T${time}:00Z`) - minute
}

function jalaliOf(iso: IsoDay): string {
  try {
    const { jy, jm, jd } = toJalali(iso)
    return `${jy}/${two(jm)}/${two(jd)}`
  } catch {
    return iso
  }
}

export interface BirthParts {
  birth_jy: number | null
  birth_jm: number | null
  birth_jd: number | null
}

/** «1370/05/12»; without a year «12 مرداد»; a year alone as it is. */
export function birthJalali(
  { birth_jy: jy, birth_jm: jm, birth_jd: jd }: BirthParts,
  language: Language,
): string | null {
  if (jm === null || jd === null) return jy === null ? null : String(jy)
  return jy === null ? `${jd} ${MONTH_NAMES[language][jm - 1] ?? jm}` : `${jy}/${two(jm)}/${two(jd)}`
}

/**
 * 1991-08-03; without a year --08-03 (RFC 6350 4.3.1), as in 2023, by which the import reads it back. Null where there is no such day: 30 Esfand
 * without a year.
 */
export function birthIso({ birth_jy: jy, birth_jm: jm, birth_jd: jd }: BirthParts): string | null {
  if (jm === null || jd === null) return null
  for (const year of jy === null ? [1401, 1402] : [jy]) {
    try {
      const iso = fromJalali(year, jm, jd)
      if (jy !== null) return iso
      if (iso.startsWith('2023')) return `-${iso.slice(4)}`
    } catch {
      // No such day in this year.
    }
  }
  return null
}
