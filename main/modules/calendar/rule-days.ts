import { addDays, daysInJalaliMonth, type IsoDay, toJalali, weekday } from '../../../shared/domain/jalali.ts'
import { occurrences, type Rule } from '../../../shared/domain/recurrence.ts'

interface KnownDay {
  day: IsoDay
  weekday: number
  jm: number
  jd: number
  /** Days of its month. */
  length: number
}

/** Some days with all that rules ask about them, so that hundreds of rules are held against them without reckoning each day anew. */
export function knownDays(from: IsoDay, to: IsoDay): KnownDay[] {
  const out: KnownDay[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const { jy, jm, jd } = toJalali(day)
    out.push({ day, weekday: weekday(day), jm, jd, length: daysInJalaliMonth(jy, jm) })
  }
  return out
}

/** The same as `occurrences`, of these days and after `after`; rules that count, or leave periods out, are asked there. */
export function ruleDays(rule: Rule, start: IsoDay, days: readonly KnownDay[], after: IsoDay): IsoDay[] {
  const last = days.at(-1)
  const first = days.find(({ day }) => day > after)
  if (!first || !last) return []
  if (rule.n !== 1 || rule.count !== null || rule.kind === 'afterDone')
    return occurrences(rule, start, first.day, last.day)
  const { until } = rule
  return days
    .filter((known) => known.day > after && known.day >= start && (until === null || known.day <= until))
    .filter((known) => fallsOn(rule, known))
    .map(({ day }) => day)
}

function fallsOn(rule: Rule, { weekday, jm, jd, length }: KnownDay): boolean {
  switch (rule.kind) {
    case 'weeks':
      return rule.weekdays.includes(weekday)
    case 'monthDay':
      return jd === Math.min(rule.day, length)
    case 'yearDay':
      return jm === rule.month && jd === Math.min(rule.day, length)
    case 'monthWeekday':
      return weekday === rule.weekday && (rule.nth === -1 ? jd + 7 > length : Math.ceil(jd / 7) === rule.nth)
    default:
      return rule.kind === 'days'
  }
}
