import {
  daysInJalaliMonth,
  FIRST_YEAR,
  fromJalali,
  type IsoDay,
  isIsoDay,
  isValidMonthDay,
  LAST_YEAR,
} from './jalali-calendar.ts'

/**
 * When a task comes again. `n` is every n-th period counted from the day the rule starts at; weekdays are 0 Saturday .. 6 Friday, weeks begin
 * on Saturday, months and years are Jalali.
 * - monthDay: on that day, or the month's last day when it is shorter (31 in Mehr is 30).
 * - monthWeekday: the nth such weekday (1..5; a month without a fifth is passed over), or the last (-1).
 * - yearDay: on that day; 30 Esfand is the 29th in common years.
 * - afterDone: n days after it was done, so it never piles up.
 */
export type RulePattern =
  | { kind: 'days'; n: number }
  | { kind: 'weeks'; n: number; weekdays: readonly number[] }
  | { kind: 'monthDay'; n: number; day: number }
  | { kind: 'monthWeekday'; n: number; nth: number; weekday: number }
  | { kind: 'yearDay'; n: number; month: number; day: number }
  | { kind: 'afterDone'; n: number }

/** `until` is the last day it may fall on; `count` the number of times in all, from the start. */
export type Rule = RulePattern & { until: IsoDay | null; count: number | null }

export type RuleProblem =
  | 'every'
  | 'weekdays'
  | 'day'
  | 'month'
  | 'nth'
  | 'until'
  | 'count'
  | 'countAfterDone'
  | 'start'
  | 'untilBeforeStart'

export const MOST_TIMES = 1000
export const MOST_EVERY = 999

const whole = (n: number, from: number, to: number) => Number.isInteger(n) && n >= from && n <= to

/** What makes a rule impossible, as a code for the screen; null when it can be kept. Days outside 1206..1498 are no days. */
export function ruleProblem(rule: Rule, start?: IsoDay): RuleProblem | null {
  if (!whole(rule.n, 1, MOST_EVERY)) return 'every'
  const wrong = patternProblem(rule)
  if (wrong) return wrong
  if (rule.until !== null && !isKnownDay(rule.until)) return 'until'
  if (rule.count !== null && rule.kind === 'afterDone') return 'countAfterDone'
  if (rule.count !== null && !whole(rule.count, 1, MOST_TIMES)) return 'count'
  if (start === undefined) return null
  if (!isKnownDay(start)) return 'start'
  return rule.until !== null && rule.until < start ? 'untilBeforeStart' : null
}

function patternProblem(rule: Rule): RuleProblem | null {
  switch (rule.kind) {
    case 'weeks': {
      const ascending = rule.weekdays.every((d, i, all) => whole(d, 0, 6) && (i === 0 || d > all[i - 1]!))
      return ascending && rule.weekdays.length > 0 ? null : 'weekdays'
    }
    case 'monthDay':
      return whole(rule.day, 1, 31) ? null : 'day'
    case 'monthWeekday':
      if (!whole(rule.weekday, 0, 6)) return 'weekdays'
      return whole(rule.nth, 1, 5) || rule.nth === -1 ? null : 'nth'
    case 'yearDay':
      if (!whole(rule.month, 1, 12)) return 'month'
      return isValidMonthDay(rule.month, rule.day) ? null : 'day'
    default:
      return null
  }
}

function isKnownDay(day: IsoDay): boolean {
  const last = fromJalali(LAST_YEAR, 12, daysInJalaliMonth(LAST_YEAR, 12))
  return isIsoDay(day) && day >= fromJalali(FIRST_YEAR, 1, 1) && day <= last
}

const LETTERS = { days: 'D', weeks: 'W', monthDay: 'M', monthWeekday: 'N', yearDay: 'Y', afterDone: 'A' } as const

/**
 * The stored text of a rule: its version, the letter of its kind and its values, always in this order: `1;W;n=2;w=0,3;u=2027-03-20;c=10`.
 * M has d (day), N has k (which) and w, Y has m (month) and d; u (until) and c (count) only when set.
 */
export function ruleText(rule: Rule): string {
  const parts: string[] = ['1', LETTERS[rule.kind], `n=${rule.n}`]
  if (rule.kind === 'weeks') parts.push(`w=${rule.weekdays.join(',')}`)
  if (rule.kind === 'monthWeekday') parts.push(`k=${rule.nth}`, `w=${rule.weekday}`)
  if (rule.kind === 'yearDay') parts.push(`m=${rule.month}`)
  if (rule.kind === 'monthDay' || rule.kind === 'yearDay') parts.push(`d=${rule.day}`)
  if (rule.until !== null) parts.push(`u=${rule.until}`)
  if (rule.count !== null) parts.push(`c=${rule.count}`)
  return parts.join(';')
}

/** The rule of a stored text; null for another version, impossible values and anything `ruleText` would not write. */
export function parseRule(text: string): Rule | null {
  const [version, letter, ...pairs] = text.split(';')
  if (version !== '1') return null
  const values = new Map(pairs.map((pair) => [pair.slice(0, 1), pair.slice(2)]))
  const num = (key: string) => Number(values.get(key) ?? Number.NaN)
  const pattern = patternOf(letter ?? '', num, values.get('w') ?? '')
  if (!pattern) return null
  const rule: Rule = { ...pattern, until: values.get('u') ?? null, count: values.has('c') ? num('c') : null }
  return ruleProblem(rule) === null && ruleText(rule) === text ? rule : null
}

function patternOf(letter: string, num: (key: string) => number, weekdays: string): RulePattern | null {
  const n = num('n')
  switch (letter) {
    case 'D':
      return { kind: 'days', n }
    case 'W':
      return { kind: 'weeks', n, weekdays: weekdays.split(',').map(Number) }
    case 'M':
      return { kind: 'monthDay', n, day: num('d') }
    case 'N':
      return { kind: 'monthWeekday', n, nth: num('k'), weekday: num('w') }
    case 'Y':
      return { kind: 'yearDay', n, month: num('m'), day: num('d') }
    case 'A':
      return { kind: 'afterDone', n }
    default:
      return null
  }
}
