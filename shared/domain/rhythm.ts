import { addDays, dayOf, type IsoDay } from './jalali.ts'

/** Without a rhythm of its own a customer is left alone this long before it counts as slipped. */
export const QUIET_DAYS = 45
/** A customer nobody has spoken with yet: it should not take longer than this. */
export const FIRST_DAYS = 7
/** Fewer gaps are no rhythm. */
const LEAST_GAPS = 2
/** Late is who is half as long again over the usual gap, and never before a week. */
const PATIENCE = 1.5
const SHORTEST_DAYS = 7
const DAY_MS = 86_400_000

/** How many of the newest contacts `slipsOn` wants: a rhythm is what it is now, not what it was years ago. */
export const CONTACTS_FOR_RHYTHM = 8

/**
 * The day from which a customer counts as slipped: the last contact plus one and a half of the median gap between the last contacts (at least
 * a week), or QUIET_DAYS where there is no rhythm yet. The median, because one long holiday must not make a weekly customer a monthly one.
 * @param contacts epoch ms, newest first, CONTACTS_FOR_RHYTHM at most; several on one day count once
 * @param added epoch ms since when a customer without a contact waits for the first one; null: nobody is waiting (came in with a file)
 */
export function slipsOn(contacts: readonly number[], added: number | null): IsoDay | null {
  const last = contacts[0]
  if (last === undefined) return added === null ? null : addDays(dayOf(added), FIRST_DAYS)
  const usual = usualDays(contacts)
  if (usual === null) return addDays(dayOf(last), QUIET_DAYS)
  return addDays(dayOf(last), Math.max(SHORTEST_DAYS, Math.ceil(usual * PATIENCE)))
}

/** Days between contacts as a rule; null where there are too few for a rhythm. Takes what `slipsOn` takes. */
export function usualDays(contacts: readonly number[]): number | null {
  const days = [...new Set(contacts.map((at) => Math.floor(at / DAY_MS)))]
  const gaps = days.slice(1).map((day, i) => days[i]! - day)
  return gaps.length < LEAST_GAPS ? null : median(gaps)
}

/** Days; the upper one of an even number: rather too patient. */
function median(gaps: readonly number[]): number {
  const sorted = [...gaps].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
