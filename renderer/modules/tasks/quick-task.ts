import { firstOf, ruleIn } from '../../../shared/domain/line-rule.ts'
import { lineTokens, phraseAt, type Token } from '../../../shared/domain/log-line-tokens.ts'
import { asPlanned, type FoundWhen, noDayIn, whensIn } from '../../../shared/domain/log-line-when.ts'
import { hasKnownName, whoIn } from '../../../shared/domain/log-line-who.ts'
import { FOLLOW_UP_WORDS, KEYWORDS } from '../../../shared/domain/log-line-words.ts'
import type { TooOften } from '../../../shared/domain/parse-rule.ts'
import type { Now, When } from '../../../shared/domain/parse-when.ts'
import type { Rule } from '../../../shared/domain/recurrence.ts'
import type { TaskKind } from './tasks-model.ts'

export interface QuickTask {
  title: string
  kind: TaskKind
  when: When | null
  /** It comes again: «هر ماه ۳۱م قسط بانک»; `when` is its first time. */
  rule: Rule | null
  /** The rule is once of what was said to be several times of this period. */
  tooOften: TooOften | null
  /** What looks like a day or an hour and is none («۳۱ مهر»), as typed. It stays in the title. */
  noDay: string | null
  /** A name to look for among the customers. */
  who: string | null
}

/** One line that names a task: «فردا ۱۰ تماس با رضایی» is a call tomorrow at ten. What is no day or time stays in the title as typed. */
export function quickTask(text: string, now: Now): QuickTask | null {
  const tokens = lineTokens(text)
  if (tokens.length === 0) return null
  const rule = ruleIn(text, tokens, now)
  const inRule = (i: number) => rule !== null && i >= rule.from && i < rule.to
  const days = whensIn(text, tokens, now)
  const noDay = noDayIn(text, tokens, days, now.day)
  const whens = asPlanned(days).filter(
    // «۳۱ مهر ساعت ۵» is not today at five.
    ({ when, from, to, timeOnly }) => when.day >= now.day && !inRule(from) && !inRule(to - 1) && !(noDay && timeOnly),
  )
  const used = dayAndTime(whens)
  const isFree = (i: number) => !inRule(i) && !used.some(({ from, to }) => i >= from && i < to)
  const kind = kindIn(tokens, isFree)
  const found = whoIn(text, tokens, [0, tokens.length], [kind?.from ?? 0, kind?.to ?? 0], isFree)
  // Without a word for a talk the rest of a line is a name only when it is one: «خرید کاغذ» is nobody.
  const who = found && ((kind && kind.kind !== 'todo') || hasKnownName(found)) ? found : null
  const title = titleOf(text, tokens, isFree)
  const when = used.length === 0 ? null : join(used)
  const start = used.some(({ timeOnly }) => !timeOnly) ? when!.day : now.day
  return {
    title: title || text.trim(),
    kind: kind?.kind ?? 'todo',
    when: rule ? (firstOf(rule.rule, rule.minute ?? when?.minute ?? null, start, now) ?? when) : when,
    rule: rule?.rule ?? null,
    tooOften: rule?.tooOften ?? null,
    noDay: noDay?.text ?? null,
    who: who?.names[0] ?? null,
  }
}

/** The first day and the first time: «شنبه جلسه با نور ساعت ۴». */
function dayAndTime(whens: readonly FoundWhen[]): FoundWhen[] {
  const day = whens.find((found) => !found.timeOnly)
  const time = day?.when.minute != null ? undefined : whens.find((found) => found.timeOnly)
  return [day, time].filter((found) => found !== undefined)
}

function join(used: readonly FoundWhen[]): When {
  const [first, second] = used
  return second ? { day: first!.when.day, minute: second.when.minute } : first!.when
}

function kindIn(tokens: readonly Token[], isFree: (i: number) => boolean) {
  for (let from = 0; from < tokens.length; from++) {
    if (!isFree(from)) continue
    for (const words of [FOLLOW_UP_WORDS, new Map([...KEYWORDS].map(([word, { kind }]) => [word, kind]))]) {
      const n = phraseAt(tokens, from, words)
      if (n === 0) continue
      const said = tokens.slice(from, from + n)
      const kind = words.get(said.map((token) => token.word).join(' '))
      if (kind && kind !== 'note') return { kind, from, to: from + n }
    }
  }
  return null
}

function titleOf(text: string, tokens: readonly Token[], isFree: (i: number) => boolean): string {
  let title = ''
  tokens.forEach((token, i) => {
    if (!isFree(i)) return
    const before = tokens[i - 1]
    const gap = before && isFree(i - 1) ? text.slice(before.end, token.start) : ' '
    title += (title === '' ? '' : gap) + text.slice(token.start, token.end)
  })
  return title.trim()
}
