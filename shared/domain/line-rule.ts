import { addDays } from './jalali.ts'
import type { Token } from './log-line-tokens.ts'
import type { FoundWhen } from './log-line-when.ts'
import { COUNTED } from './log-line-words.ts'
import { type SpokenRule, spokenRule } from './parse-rule.ts'
import type { Now, When } from './parse-when.ts'
import { nextAfter, type Rule } from './recurrence.ts'
import { cardinal } from './spoken-numbers.ts'

/** The longest rule that people say, in words: «هر دو هفته یک بار شنبه‌ها ساعت ۹ صبح». */
const LONGEST = 9
/** What makes a rule plain in the midst of other words; «گزارش روزانه» is only the name of something. */
const PLAIN =
  /(?:^|[\s\u200c])(?:هر|every|each|میان|میون|یک ?بار|یکبار|یه ?بار|روز[یي]|هفته[ \u200c]?ا[یي]|ماه[یي]|twice|times)(?=$|\s)|ها(?=$|\s)/i

/** A rule at the beginning or the end of a line, in tokens [from, to): «هر ماه ۳۱م قسط بانک», «قسط بانک پنجم هر ماه». */
export function ruleIn(text: string, tokens: readonly Token[], now: Now) {
  const all = tokens.length
  for (let n = Math.min(LONGEST, all); n > 0; n--) {
    for (const [from, to] of [
      [0, n],
      [all - n, all],
    ] as const) {
      const said = text.slice(tokens[from]!.start, tokens[to - 1]!.end)
      // «هر ماه ۲ کارتن»: the number counts the cartons.
      const isNumber = cardinal(tokens[to - 1]!.word) !== null
      const isCount = isNumber && to < all && COUNTED.has(tokens[to]!.word)
      const found: SpokenRule | null = PLAIN.test(said) && !isCount ? spokenRule(said, now.day) : null
      if (found) return { from, to, ...found }
    }
  }
  return null
}

/** The days and rules of a line: a rule in a part between commas («…، هر شنبه پیگیری») stands in place of the days that its words would be. */
export function withRules(
  text: string,
  tokens: readonly Token[],
  whens: readonly FoundWhen[],
  clauses: ReadonlyArray<readonly [from: number, to: number]>,
  now: Now,
): FoundWhen[] {
  const rules = clauses.flatMap(([a, b]) => {
    for (let i = a; i < b; i++) {
      if (i > a && !/^(هر|every|each)$/.test(tokens[i]!.word)) continue
      const found = ruleIn(text, tokens.slice(i, b), now)
      const when = found && firstOf(found.rule, found.minute, now.day, now)
      if (!found || !when) continue
      const { rule, tooOften, from, to } = found
      return [{ from: i + from, to: i + to, when, rule, tooOften, timeOnly: false, weekday: false, vague: false }]
    }
    return []
  })
  const isIn = (w: FoundWhen) => rules.some(({ from, to }) => w.from < to && from < w.to)
  return [...whens.filter((w) => !isIn(w)), ...rules].sort((a, b) => a.from - b.from)
}

/** The first time of a rule from `from` on that is not over; null when there is none. */
export function firstOf(rule: Rule, minute: number | null, from: string, now: Now): When | null {
  const isOver = from === now.day && minute !== null && minute < now.minute
  // «هر دو هفته شنبه‌ها» begins with the next Saturday, whichever week that is in.
  const first = rule.kind === 'afterDone' ? rule : { ...rule, n: 1 }
  const day = nextAfter(first, from, isOver ? from : addDays(from, -1))
  return day === null ? null : { day, minute }
}
