import { WEEKDAY_NAMES } from './calendar-names.ts'
import { addDays, type IsoDay, weekday } from './jalali-calendar.ts'
import { EARLIER, LATER } from './nearest-day.ts'
import { fold } from './persian-text.ts'
import { cardinal } from './spoken-numbers.ts'

const WEEKDAYS = new Map<string, number>()
for (const names of Object.values(WEEKDAY_NAMES)) {
  names.forEach((name, i) => void WEEKDAYS.set(fold(name).replace('\u200c', ''), i))
}
for (const [i, name] of ['sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri'].entries()) WEEKDAYS.set(name, i)

/** Alternatives of a regular expression: every name of a weekday after `spokenText`. */
export const WEEKDAY = [...WEEKDAYS.keys()].sort((a, b) => b.length - a.length).join('|')

/** 0 Saturday .. 6 Friday, of a name that matched WEEKDAY. */
export function weekdayNumber(name: string): number {
  return WEEKDAYS.get(name)!
}

const ALONE = new RegExp(`^(?:این |همین |روز |next |this |(last ))?(${WEEKDAY})(?: (?:(?:${LATER})|(${EARLIER})))?$`)
const WEEK = `(?:(.+?) )?هفته (?:(${LATER})|(${EARLIER}))`
const IN_WEEK = [
  new RegExp(`^(?:روز )?(${WEEKDAY}) (?:از )?${WEEK}$`),
  new RegExp(`^${WEEK} (?:روز )?(${WEEKDAY})$`),
] as const
const THIS_WEEK = new RegExp(`^(?:(${WEEKDAY}) (?:این|همین) هفته|(?:این|همین) هفته (${WEEKDAY}))$`)
const ENGLISH_WEEK = new RegExp(`^(?:(${WEEKDAY}) (next|last) week|(next|last) week (?:on )?(${WEEKDAY}))$`)

/** «شنبه», «جمعه گذشته», «سه‌شنبه هفته بعد», «دو هفته دیگه شنبه», 'next monday'. Weeks begin on Saturday. */
export function dayByWeekday(s: string, today: IsoDay): IsoDay | null {
  const [, last, name, earlier] = ALONE.exec(s) ?? []
  if (name) {
    const ahead = (WEEKDAYS.get(name)! - weekday(today) + 7) % 7
    if (earlier || last) return addDays(today, ahead === 0 ? -7 : ahead - 7)
    return addDays(today, ahead === 0 ? 7 : ahead)
  }
  const found = inWeek(s)
  return found && addDays(today, WEEKDAYS.get(found.name)! - weekday(today) + 7 * found.weeks)
}

function inWeek(s: string): { name: string; weeks: number } | null {
  const [, before, after] = THIS_WEEK.exec(s) ?? []
  if (before || after) return { name: (before ?? after)!, weeks: 0 }
  const english = ENGLISH_WEEK.exec(s)
  if (english) return { name: (english[1] ?? english[4])!, weeks: (english[2] ?? english[3]) === 'next' ? 1 : -1 }
  const first = IN_WEEK[0].exec(s)
  const second = first ? null : IN_WEEK[1].exec(s)
  const [name, count, later] = first ? [first[1], first[2], first[3]] : [second?.[4], second?.[1], second?.[2]]
  if (!name) return null
  const weeks = count === undefined ? 1 : cardinal(count)
  return weeks === null ? null : { name, weeks: later ? weeks : -weeks }
}
