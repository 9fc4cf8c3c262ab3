import { type IsoDay, wallTime } from './jalali-calendar.ts'

const MINUTE = 60_000
const HOUR = 3_600_000

/** The first instant (epoch ms) of a calendar day in Tehran. DST began at midnight there until 2022, so the offset is looked up, not added. */
export function startOfDay(day: IsoDay): number {
  const utc = Date.parse(`${day}T00:00:00Z`)
  // Tehran has been +03:30 to +05:00: the day begins between five and three hours before UTC's.
  for (let at = utc - 5 * HOUR; at < utc - 2 * HOUR; at += HOUR / 2) if (wallTime(at).day === day) return at
  return utc - 3.5 * HOUR
}

/** Epoch ms of a minute of a day in Tehran. */
export const instantOf = (day: IsoDay, minute: number): number => startOfDay(day) + minute * MINUTE

/** The day and its minute (0..1439) in Tehran at which an instant lies. */
export function whenOf(epochMs: number): { day: IsoDay; minute: number } {
  const { day, time } = wallTime(epochMs)
  return { day, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) }
}
