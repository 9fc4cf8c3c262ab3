import { addDays, dayOf, type IsoDay, toJalali, weekday } from '../../../shared/domain/jalali.ts'
import type { Reason } from '../../db/backup-name.ts'

/** A good copy of this book in one folder. */
export interface Thinnable {
  path: string
  at: number
  bytes: number
  reason: Reason
}

/** How many days, weeks and months keep their newest copy; and how many of those made by hand, before a restore and before a migration. */
const KEEP = { days: 14, weeks: 13, months: 12, hand: 5, restore: 3, migration: 3 }
/** Never fewer than this, whatever room they take. */
const ALWAYS = 5

/**
 * Which copies of a folder may go, oldest first: all of the newest day stay, then the newest of each day, week (from Saturday) and Jalali month that HAS a
 * copy. Counted in copies and not in age, so that a PC that was off for a year, or whose clock jumped ten years, deletes nothing.
 * What is still too much for `room` bytes goes too, oldest first; copies from before a migration last.
 * @param frozen epoch ms: copies from before it stay, as what came after may be the damage
 */
export function thin(copies: readonly Thinnable[], options: { room?: number; frozen?: number | null } = {}): string[] {
  const newestFirst = [...copies].sort((a, b) => b.at - a.at)
  // Once each: asking the calendar is most of the work.
  const days = new Map(newestFirst.map((copy) => [copy, dayOf(copy.at)]))
  const keep = new Set(newestFirst.slice(0, ALWAYS))
  const today = newestFirst[0] && days.get(newestFirst[0])
  for (const copy of newestFirst) if (days.get(copy) === today) keep.add(copy)
  for (const [of, limit] of PERIODS) {
    const seen = new Set<string>()
    for (const copy of newestFirst) {
      const period = of(days.get(copy)!)
      if (seen.has(period) || seen.size >= limit) continue
      seen.add(period)
      keep.add(copy)
    }
  }
  for (const reason of ['hand', 'restore', 'migration'] as const) {
    for (const copy of newestFirst.filter((c) => c.reason === reason).slice(0, KEEP[reason])) keep.add(copy)
  }
  const isFrozen = (copy: Thinnable) => typeof options.frozen === 'number' && copy.at <= options.frozen
  const going = new Set(newestFirst.filter((copy) => !keep.has(copy) && !isFrozen(copy)))

  let bytes = newestFirst.reduce((sum, copy) => sum + (going.has(copy) ? 0 : copy.bytes), 0)
  const forRoom = newestFirst
    .slice(ALWAYS)
    .filter((copy) => !going.has(copy) && !isFrozen(copy))
    .reverse()
    .sort((a, b) => Number(a.reason === 'migration') - Number(b.reason === 'migration'))
  for (const copy of forRoom) {
    if (bytes <= (options.room ?? Number.POSITIVE_INFINITY)) break
    going.add(copy)
    bytes -= copy.bytes
  }
  return newestFirst
    .filter((copy) => going.has(copy))
    .map(({ path }) => path)
    .reverse()
}

/** A name for the day, the week (its Saturday) and the Jalali month of a day; how many of them keep a copy. */
const PERIODS: readonly [(day: IsoDay) => string, number][] = [
  [(day) => day, KEEP.days],
  [(day) => addDays(day, -weekday(day)), KEEP.weeks],
  [
    (day) => {
      const { jy, jm } = toJalali(day)
      return `${jy}-${jm}`
    },
    KEEP.months,
  ],
]
