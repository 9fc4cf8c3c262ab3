import { type IsoDay, toJalali, weekday } from './jalali-calendar.ts'
import { readDay } from './parse-day.ts'
import { MONTH, monthNumber } from './parse-period.ts'
import { parseTime } from './parse-time.ts'
import { WEEKDAY, weekdayNumber } from './parse-weekday.ts'
import { type Rule, type RulePattern, ruleProblem } from './recurrence-rule.ts'
import { cardinal, ordinal } from './spoken-numbers.ts'
import { spokenText } from './spoken-text.ts'

/** Of what period a rule was said several times («روزی دو بار», «هفته‌ای سه بار»); no rule can be kept more than once a day. */
export type TooOften = 'day' | 'week' | 'month'

/** `minute` of the day when a time was said with the rule («هر شنبه ساعت ۹»). `tooOften`: the rule is once of what was said to be several times. */
export type SpokenRule = { rule: Rule; minute: number | null; tooOften: TooOften | null }

/**
 * A recurrence as people say and type it: «پنجم هر ماه», «هر دو هفته شنبه‌ها», «آخرین پنجشنبهٔ ماه», «سالی یک بار», «یک روز در میان», 'every
 * 3 weeks'; with a time, «تا» a day or so many «بار» behind it. «هر ماه» alone is today's day of the month, «هر هفته» today's weekday,
 * «هر سال» today's day of the year. Null when it is no recurrence, or an impossible one.
 */
export function spokenRule(text: string, today: IsoDay): SpokenRule | null {
  const { once, tooOften } = onceOf(spokenText(text))
  const s = plain(once)
  if (s === '' || s.length > 100) return null
  const said = withTime(s, today)
  return said && ruleProblem(said.rule) === null ? { ...said, tooOften } : null
}

const PERIOD: Readonly<Record<string, TooOften>> = { روز: 'day', هفته: 'week', ماه: 'month' }
const ENGLISH: Readonly<Record<string, string>> = { day: 'روز', week: 'هفته', month: 'ماه' }
const TIMES = '(?:بار|دفعه|مرتبه|نوبت|وعده)'
const SEVERAL: readonly RegExp[] = [
  new RegExp(`(?:^| )(?:هر |در )?(روز|هفته|ماه)(?: ?ا?ی)? (\\S+?) ?${TIMES}(?= |$)`),
  new RegExp(`(?:^| )(\\S+?) ?${TIMES} در (روز|هفته|ماه)(?= |$)`),
  /(?:^| )(twice|(?:\S+) times) (?:a|per|each|every) (day|week|month)(?= |$)/,
]
const HOURS = /(?:^| )هر (\S+) ساعت(?: (?:یک|یه) ?(?:بار|دفعه))?(?= |$)|(?:^| )every (\S+) hours?(?= |$)/
/** «هر شنبه ۱۰ بار» ends after ten; «هر روز دو بار» is twice a day. */
const MOST_OF_A_PERIOD = 6

/** «روزی دو بار ساعت ۹» as «هر روز ساعت ۹»: what can be kept of it. */
function onceOf(s: string): { once: string; tooOften: TooOften | null } {
  const hours = HOURS.exec(s)
  if (hours && cardinal(hours[1] ?? hours[2]!) !== null) return { once: s.replace(HOURS, ' هر روز'), tooOften: 'day' }
  for (const pattern of SEVERAL) {
    const [all, a, b] = pattern.exec(s) ?? []
    if (!all || !a || !b) continue
    const period = PERIOD[a] ? a : (ENGLISH[b] ?? b)
    const times = (PERIOD[a] ? b : a).replace(/ times$/, '')
    const n = times === 'چند' || times === 'twice' ? 2 : (cardinal(times) ?? 0)
    if (n >= 2 && n <= MOST_OF_A_PERIOD) return { once: s.replace(all, ` هر ${period}`), tooOften: PERIOD[period]! }
  }
  return { once: s, tooOften: null }
}

/** English and colloquial words in the Persian words below, which alone are then understood. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/(^| )(?:every|each)(?= )/g, '$1هر'],
  [/(^| )(?:daily|روزانه|همه روزه)(?= |$)/g, '$1هر روز'],
  [/(^| )(?:weekly|هفتگی)(?= |$)/g, '$1هر هفته'],
  [/(^| )(?:monthly|ماهانه|ماهیانه)(?= |$)/g, '$1هر ماه'],
  [/(^| )(?:yearly|annually|سالانه|سالیانه)(?= |$)/g, '$1هر سال'],
  [/ other (?=day|week|month|year)/g, ' 2 '],
  [/(^| )days?(?= |$)/g, '$1روز'],
  [/(^| )weeks?(?= |$)/g, '$1هفته'],
  [/(^| )months?(?= |$)/g, '$1ماه'],
  [/(^| )years?(?= |$)/g, '$1سال'],
  [/(^| )end(?= )/g, '$1اخر'],
  [/(^| )last(?= )/g, '$1اخرین'],
  [/(^| )(?:until|till) /g, '$1تا '],
  [/ (?:on|of|the|at|in)(?= )/g, ''],
  [/هر(?=روز|هفته|ماه|سال|شنبه|جمعه)/g, 'هر '],
  [/(^| )برج(?= |$)/g, '$1ماه'],
  [/ماه ماه/g, 'ماه'],
  [/شنبهها/g, 'شنبه ها'],
  [/(?:هر )?فصل(?:ی یک بار|ی یکبار)?/g, 'هر 3 ماه'],
  [/(?:^| )(?:یک|یه)? ?(روز|هفته|ماه|سال) در (?:میان|میون)/g, ' هر 2 $1'],
  [/(^| )(روز|هفته|ماه|سال) ?ا?ی (?=(?:یک|یه) ?(?:بار|دفعه))/g, '$1هر $2 '],
  [/(^| )(?:هر )?((?:\S+ و )?\S+ )?(روز|هفته|ماه|سال) (?:یک|یه) ?(?:بار|دفعه)(?= |$)/g, '$1هر $2$3'],
]

function plain(spoken: string): string {
  let s = spoken
  for (const [said, same] of SAME) s = s.replace(said, same)
  return s.replace(/ +/g, ' ').trim()
}

function withTime(s: string, today: IsoDay): Omit<SpokenRule, 'tooOften'> | null {
  const rule = withEnd(s, today)
  if (rule) return { rule, minute: null }
  const words = s.split(' ')
  for (let n = words.length - 1; n > 0; n--) {
    for (const [time, rest] of [
      [words.slice(-n), words.slice(0, -n)],
      [words.slice(0, n), words.slice(n)],
    ] as const) {
      const said = parseTime(time.join(' '))
      const found = said && !said.bare ? withEnd(rest.join(' '), today) : null
      if (said && found) return { rule: found, minute: said.minute % 1440 }
    }
  }
  return null
}

function withEnd(s: string, today: IsoDay): Rule | null {
  const pattern = patternOf(s, today)
  if (pattern) return { ...pattern, until: null, count: null }
  const [, before, day] = /^(.+?) تا (.+)$/.exec(s) ?? []
  const until = day ? readDay(day, today) : null
  const beforeDay = before && until ? patternOf(before, today) : null
  if (beforeDay) return { ...beforeDay, until, count: null }
  const [, repeated, times] = /^(.+?)(?: برای| به مدت)? (\S+) (?:بار|دفعه|مرتبه|times)$/.exec(s) ?? []
  const count = times ? cardinal(times) : null
  const beforeCount = repeated && count ? patternOf(repeated, today) : null
  return beforeCount ? { ...beforeCount, until: null, count } : null
}

const EVERY = /(?:^| )هر (?:((?:\S+ و )?\S+) )??(روز|هفته|ماه|سال)(?= |$)/
const AFTER_DONE = /^(?:هر بار )?(.+) (روز|هفته) (?:بعد|پس) از (?:انجام|انجام شدن|تمام شدن|اتمام|پایان)$/
const OF_MONTH = new RegExp(
  `^(?:(?:اخرین|\\S+ین|first|second|third) (?:${WEEKDAY})|(?:${WEEKDAY}) (?:اخر|اول|دوم|سوم|چهارم)) ماه$`,
)

function patternOf(s: string, today: IsoDay): RulePattern | null {
  const done = AFTER_DONE.exec(s)
  if (done) {
    const n = cardinal(done[1]!)
    return n === null ? null : { kind: 'afterDone', n: done[2] === 'هفته' ? 7 * n : n }
  }
  if (OF_MONTH.test(s)) return monthly(1, s.replace(/ ماه$/, ''), today)
  const every = EVERY.exec(s)
  if (!every) {
    const isSaid = /^هر | ها(?: |$)|^روزهای |^روز های /.test(s)
    const weekdays = weekdayList(s.replace(/^هر /, ''))
    // One weekday alone is a day; several («شنبه و سه‌شنبه») can only be said of every week.
    return weekdays && (isSaid || weekdays.length > 1) ? { kind: 'weeks', n: 1, weekdays } : null
  }
  const n = every[1] === undefined ? 1 : cardinal(every[1])
  if (n === null) return null
  const rest = `${s.slice(0, every.index)} ${s.slice(every.index + every[0].length)}`.trim().replace(/^(?:در|روز) /, '')
  switch (every[2]) {
    case 'روز':
      return rest === '' ? { kind: 'days', n } : n === 1 ? weeklyDays(rest) : null
    case 'هفته': {
      const weekdays = rest === '' ? [weekday(today)] : weekdayList(rest)
      return weekdays && { kind: 'weeks', n, weekdays }
    }
    case 'ماه':
      return monthly(n, rest, today)
    default:
      return yearly(n, rest, today)
  }
}

/** «هر روز شنبه تا چهارشنبه», «هر روز غیر از جمعه», «هر روز شنبه». */
function weeklyDays(rest: string): RulePattern | null {
  const but = /^(?:به ?)?(?:غیر از|جز|بجز|غیر) (.+)$/.exec(rest)
  const list = weekdayList(but ? but[1]! : rest)
  const weekdays = but && list ? [0, 1, 2, 3, 4, 5, 6].filter((d) => !list.includes(d)) : list
  return weekdays && { kind: 'weeks', n: 1, weekdays }
}

/** «شنبه و سه‌شنبه‌ها», «شنبه تا چهارشنبه», «روزهای زوج» (Saturday, Monday, Wednesday) or «فرد»; ascending. */
function weekdayList(said: string): number[] | null {
  const s = said
    .replace(/(^| )(?:روز ?های|روزهای|روز)(?= )/g, '')
    .replace(/ (?:های|ها)(?= |$)/g, '')
    .trim()
  if (s === 'زوج') return [0, 2, 4]
  if (s === 'فرد') return [1, 3, 5]
  const [, from, to] = new RegExp(`^(?:از )?(${WEEKDAY}) (?:تا|to) (${WEEKDAY})$`).exec(s) ?? []
  if (from && to) {
    const [a, b] = [weekdayNumber(from), weekdayNumber(to)]
    return a < b ? Array.from({ length: b - a + 1 }, (_, i) => a + i) : null
  }
  const names = s.split(/ (?:و|and) | /)
  const known = new RegExp(`^(?:${WEEKDAY})$`)
  return names.every((name) => known.test(name)) ? [...new Set(names.map(weekdayNumber))].sort() : null
}

const NTH: Readonly<Record<string, number>> = {
  اخر: -1,
  اخرین: -1,
  اولین: 1,
  دومین: 2,
  سومین: 3,
  چهارمین: 4,
  پنجمین: 5,
}
const NTH_WEEKDAY = new RegExp(`^(?:(\\S+) (${WEEKDAY})|(${WEEKDAY}) (\\S+))$`)

function monthly(n: number, said: string, today: IsoDay): RulePattern | null {
  const rest = said.replace(/^روز /, '').replace(/ (?:ماه|ام)$/, '')
  if (rest === '') return { kind: 'monthDay', n, day: toJalali(today).jd }
  if (/^(?:اخر|اخرین روز|پایان|ته)$/.test(rest)) return { kind: 'monthDay', n, day: 31 }
  if (/^(?:سر|ابتدای|اولین روز)$/.test(rest)) return { kind: 'monthDay', n, day: 1 }
  if (/^(?:وسط|نیمه)$/.test(rest)) return { kind: 'monthDay', n, day: 15 }
  const [, before, first, second, after] = NTH_WEEKDAY.exec(rest) ?? []
  const which = before ?? after
  const name = first ?? second
  if (which && name) {
    const nth = NTH[which] ?? ordinal(which)
    return nth === null ? null : { kind: 'monthWeekday', n, nth, weekday: weekdayNumber(name) }
  }
  const day = ordinal(rest) ?? cardinal(rest)
  return day === null ? null : { kind: 'monthDay', n, day }
}

const DAY_OF_YEAR = new RegExp(`^(.+?) (${MONTH})(?: ماه)?$`)

function yearly(n: number, rest: string, today: IsoDay): RulePattern | null {
  const [, place, name] = DAY_OF_YEAR.exec(rest) ?? []
  if (place && name) {
    const month = monthNumber(name)
    const day = /^(?:اخر|پایان|ته)$/.test(place) ? (month <= 6 ? 31 : 30) : (ordinal(place) ?? cardinal(place))
    return day === null ? null : { kind: 'yearDay', n, month, day }
  }
  const day = rest === '' ? today : readDay(rest, today)
  if (day === null) return null
  const { jm, jd } = toJalali(day)
  return { kind: 'yearDay', n, month: jm, day: jd }
}
