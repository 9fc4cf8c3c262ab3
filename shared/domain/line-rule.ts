import { addDays } from './jalali.ts'
import type { Token } from './log-line-tokens.ts'
import { COUNTED } from './log-line-words.ts'
import { type SpokenRule, spokenRule } from './parse-rule.ts'
import type { Now, When } from './parse-when.ts'
import { nextAfter, type Rule } from './recurrence.ts'

/** The longest rule that people say, in words: «هر دو هفته یک بار شنبه‌ها ساعت ۹ صبح». */
const LONGEST = 9
/** What makes a rule plain in the midst of other words; «گزارش روزانه» is only the name of something. */
const PLAIN = /(?:^|[\s\u200c])(?:هر|every|each|میان|میون|یک ?بار|یکبار|یه ?بار)(?=$|\s)|ها(?=$|\s)/i

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
      const isCount = to < all && COUNTED.has(tokens[to]!.word)
      const found: SpokenRule | null = PLAIN.test(said) && !isCount ? spokenRule(said, now.day) : null
      if (found) return { from, to, ...found }
    }
  }
  return null
}

/** The first time of a rule from `from` on that is not over; null when there is none. */
export function firstOf(rule: Rule, minute: number | null, from: string, now: Now): When | null {
  const isOver = from === now.day && minute !== null && minute < now.minute
  const day = nextAfter(rule, from, isOver ? from : addDays(from, -1))
  return day === null ? null : { day, minute }
}
