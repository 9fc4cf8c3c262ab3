import {
  addDays,
  daysBetween,
  daysInJalaliMonth,
  fromJalali,
  type IsoDay,
  toJalali,
  weekday,
} from './jalali-calendar.ts'
import type { Rule } from './recurrence-rule.ts'

export * from './recurrence-rule.ts'

/**
 * The first day the rule falls on after `after`, never before `start`; null when there is none any more (until, count, the supported years).
 * The start itself counts only when the rule falls on it. For afterDone `after` is the day it was done; before the start it is the start.
 * @throws RangeError when `start` or `after` is no day of 1206..1498. The rule must be one `ruleProblem` accepts.
 */
export function nextAfter(rule: Rule, start: IsoDay, after: IsoDay): IsoDay | null {
  toJalali(start)
  toJalali(after)
  for (const day of days(rule, start, after)) if (day > after) return day
  return null
}

/** The days the rule falls on from `from` to `to`, both included, in order. For afterDone only its start is known. Throws as `nextAfter`. */
export function occurrences(rule: Rule, start: IsoDay, from: IsoDay, to: IsoDay): IsoDay[] {
  toJalali(start)
  toJalali(from)
  const out: IsoDay[] = []
  for (const day of days(rule, start, from, rule.kind === 'afterDone')) {
    if (day > to) break
    if (day >= from) out.push(day)
  }
  return out
}

/** The days of a rule in order. Those before `near` may be left out, unless they must be counted. */
function* days(rule: Rule, start: IsoDay, near: IsoDay, onlyStart = false): Generator<IsoDay> {
  let left = rule.count ?? Number.POSITIVE_INFINITY
  for (const day of rule.kind === 'afterDone'
    ? daysAfterDone(rule.n, start, near, onlyStart)
    : daysOfPeriods(rule, start, near)) {
    if ((rule.until !== null && day > rule.until) || left <= 0) return
    left--
    yield day
  }
}

function* daysAfterDone(n: number, start: IsoDay, done: IsoDay, onlyStart: boolean): Generator<IsoDay> {
  if (onlyStart || done < start) yield start
  else if (inYears(addDays(done, n))) yield addDays(done, n)
}

function* daysOfPeriods(rule: Rule, start: IsoDay, near: IsoDay): Generator<IsoDay> {
  const first = rule.count === null && near > start ? Math.floor(periodsBetween(rule, start, near) / rule.n) : 0
  for (let k = first; ; k++) {
    const found = daysInPeriod(rule, start, k * rule.n)
    if (found === null) return
    for (const day of found) if (day >= start && inYears(day)) yield day
  }
}

function periodsBetween(rule: Rule, start: IsoDay, day: IsoDay): number {
  if (rule.kind === 'weeks') return daysBetween(saturday(start), saturday(day)) / 7
  if (rule.kind === 'days' || rule.kind === 'afterDone') return daysBetween(start, day)
  const [a, b] = [toJalali(start), toJalali(day)]
  return rule.kind === 'yearDay' ? b.jy - a.jy : (b.jy - a.jy) * 12 + b.jm - a.jm
}

const saturday = (day: IsoDay) => addDays(day, -weekday(day))

/** The days of the period that lies `periods` after that of the start; null when it is beyond the supported years. */
function daysInPeriod(rule: Rule, start: IsoDay, periods: number): IsoDay[] | null {
  if (rule.kind === 'days' || rule.kind === 'afterDone') {
    const day = addDays(start, periods)
    return inYears(day) ? [day] : null
  }
  if (rule.kind === 'weeks') {
    const first = addDays(saturday(start), 7 * periods)
    return first >= start && !inYears(first) ? null : rule.weekdays.map((d) => addDays(first, d))
  }
  const { jy, jm } = toJalali(start)
  const months = rule.kind === 'yearDay' ? (jy + periods) * 12 + rule.month - 1 : jy * 12 + jm - 1 + periods
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1]
  if (!inYears(year)) return null
  const length = daysInJalaliMonth(year, month)
  if (rule.kind !== 'monthWeekday') return [fromJalali(year, month, Math.min(rule.day, length))]
  const jd = rule.nth === -1 ? lastWeekday(year, month, length, rule.weekday) : nthWeekday(year, month, rule)
  return jd > length ? [] : [fromJalali(year, month, jd)]
}

function nthWeekday(jy: number, jm: number, { nth, weekday: wanted }: { nth: number; weekday: number }): number {
  return 1 + ((wanted - weekday(fromJalali(jy, jm, 1)) + 7) % 7) + 7 * (nth - 1)
}

function lastWeekday(jy: number, jm: number, length: number, wanted: number): number {
  return length - ((weekday(fromJalali(jy, jm, length)) - wanted + 7) % 7)
}

function inYears(day: IsoDay | number): boolean {
  try {
    if (typeof day === 'number') daysInJalaliMonth(day, 1)
    else toJalali(day)
    return true
  } catch (e) {
    if (e instanceof RangeError) return false
    throw e
  }
}

/** What a user should be told about a rule: `wanted` is the day asked for. */
export type RuleNote = { code: 'shortMonth' | 'leapDay' | 'noFifth'; wanted: number }

/**
 * What the rule does in months that lack its day, for the screen to explain: shortMonth (31 is the last day of months of 30, 30 and 31
 * that of Esfand), leapDay (30 Esfand is the 29th in common years), noFifth (months without a fifth such weekday are passed over).
 */
export function ruleNote(rule: Rule): RuleNote | null {
  if (rule.kind === 'monthDay' && rule.day > 29) return { code: 'shortMonth', wanted: rule.day }
  if (rule.kind === 'yearDay' && rule.month === 12 && rule.day === 30) return { code: 'leapDay', wanted: 30 }
  if (rule.kind === 'monthWeekday' && rule.nth === 5) return { code: 'noFifth', wanted: 5 }
  return null
}

/** Why this occurrence is not on the day asked for; null when it is. */
export function movedNote(rule: Rule, day: IsoDay): RuleNote | null {
  if (rule.kind !== 'monthDay' && rule.kind !== 'yearDay') return null
  return toJalali(day).jd < rule.day ? ruleNote(rule) : null
}
