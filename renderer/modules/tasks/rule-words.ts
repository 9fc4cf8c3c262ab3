import type { TFunction } from 'i18next'
import { MONTH_NAMES } from '../../../shared/domain/calendar-names.ts'
import { formatDay, formatNumber } from '../../../shared/domain/format.ts'
import { addDays, type IsoDay, toJalali, weekday } from '../../../shared/domain/jalali.ts'
import {
  movedNote,
  nextAfter,
  type Rule,
  type RulePattern,
  ruleNote,
  ruleText,
} from '../../../shared/domain/recurrence.ts'
import type { Language } from '../../ui/locale.ts'

/** A rule as it is said: «پنجم هر ماه», «هر ۲ هفته، شنبه و سه‌شنبه». */
export function ruleWords(rule: Rule, t: TFunction, language: Language): string {
  const n = formatNumber(rule.n, language)
  const one = rule.n === 1 ? '_one' : '_more'
  const dayName = (d: number) => t(`tasks:weekday.${d}`)
  const said = (() => {
    switch (rule.kind) {
      case 'days':
        return t(`tasks:rule.days${one}`, { n })
      case 'weeks':
        return t(`tasks:rule.weeks${one}`, { n, days: rule.weekdays.map(dayName).join(t('tasks:and')) })
      case 'monthDay':
        return t(`tasks:rule.monthDay${one}`, { n, day: formatNumber(rule.day, language) })
      case 'monthWeekday':
        return t(`tasks:rule.monthWeekday${one}`, {
          n,
          which: t(`tasks:which.${rule.nth}`),
          day: dayName(rule.weekday),
        })
      case 'yearDay':
        return t(`tasks:rule.yearDay${one}`, {
          n,
          day: `${formatNumber(rule.day, language)} ${MONTH_NAMES[language][rule.month - 1]}`,
        })
      case 'afterDone':
        return t(`tasks:rule.afterDone${one}`, { n })
    }
  })()
  const until = rule.until === null ? '' : t('tasks:rule.until', { day: formatDay(rule.until, language, 'short') })
  const count = rule.count === null ? '' : t('tasks:rule.count', { n: formatNumber(rule.count, language) })
  return said + until + count
}

/** What a rule does in months that lack its day; null where every month has it. */
export function ruleExplained(rule: Rule, t: TFunction, language: Language): string | null {
  const note = ruleNote(rule)
  return note && t(`tasks:ruleNote.${note.code}`, { n: formatNumber(note.wanted, language) })
}

/** The next days of a rule from `start` on, each with the reason why it is not on the day asked for. */
export function nextDays(rule: Rule, start: IsoDay, count = 3): Array<{ day: IsoDay; isMoved: boolean }> {
  const days: Array<{ day: IsoDay; isMoved: boolean }> = []
  for (let after = addDays(start, -1); days.length < count; ) {
    const day = nextAfter(rule, start, after)
    if (day === null || day === days.at(-1)?.day) break
    days.push({ day, isMoved: movedNote(rule, day) !== null })
    after = day
  }
  return days
}

/** What is asked for most, for the day at hand. */
export function rulePresets(day: IsoDay): string[] {
  const { jm, jd } = toJalali(day)
  const patterns: RulePattern[] = [
    { kind: 'days', n: 1 },
    { kind: 'weeks', n: 1, weekdays: [weekday(day)] },
    { kind: 'weeks', n: 2, weekdays: [weekday(day)] },
    { kind: 'monthDay', n: 1, day: jd },
    { kind: 'monthDay', n: 1, day: 31 },
    { kind: 'monthWeekday', n: 1, nth: -1, weekday: weekday(day) },
    { kind: 'monthDay', n: 3, day: jd },
    { kind: 'yearDay', n: 1, month: jm, day: jd },
    { kind: 'afterDone', n: 30 },
  ]
  return [...new Set(patterns.map((pattern) => ruleText({ ...pattern, until: null, count: null })))]
}
