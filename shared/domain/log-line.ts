import { type ActivityKind, type Channel, type Direction, fitting, MOST_MINUTES } from './activity.ts'
import type { IsoDay } from './jalali-calendar.ts'
import { firstOf, withRules } from './line-rule.ts'
import { directionOf, type FoundKeyword, happenedAt, indexOfPhrase, keywordIn, startsAt } from './log-line-activity.ts'
import {
  type Clause,
  clausesOf,
  type FollowUpKind,
  type FoundFollowUp,
  followUpIn,
  undatedIn,
} from './log-line-follow-up.ts'
import { type LinePart, type LineSpan, spansOf, textOf, titleOf, tuck } from './log-line-text.ts'
import { lineTokens, phraseAt, type Token } from './log-line-tokens.ts'
import { durationIn, type FoundWhen, noDayIn, whensIn } from './log-line-when.ts'
import { fullNamesIn, hasKnownName, notedIn, toldIn, whoIn } from './log-line-who.ts'
import { CARRYING, KEYWORDS, NO_ANSWER, TALK } from './log-line-words.ts'
import type { TooOften } from './parse-rule.ts'
import type { Now, When } from './parse-when.ts'
import type { Rule } from './recurrence-rule.ts'

export type { FollowUpKind } from './log-line-follow-up.ts'
export type { LinePart, LineSpan } from './log-line-text.ts'

export type UnderstoodLine = {
  activity: { kind: ActivityKind; direction: Direction | null; channel: Channel | null; minutes: number | null }
  /** False when the line only says what is to be done («شنبه به رضایی زنگ بزنم»): then there is nothing to log. */
  happened: boolean
  /** A call that nobody answered. */
  noAnswer: boolean
  /** Names to search for, without «آقای» and the like; the customers are found elsewhere. */
  who: string[]
  /** Names that may be meant, if the book has them: «به رضایی گفتم». */
  perhaps: string[]
  body: string
  /** When it happened, if the line says so; else now. */
  at: When | null
  /** `rule`: it comes again («هر شنبه»); the day is then its first. */
  followUp: { day: IsoDay; minute: number | null; rule: Rule | null; kind: FollowUpKind; title: string } | null
  /** Full names from anywhere in a line that names nobody else: meant if the book has exactly one of them. */
  named: string[]
  /** What is to be done in a line that says nothing else and no possible day: it is still to be asked for. */
  undated: FollowUpKind | null
  /** What looks like a day or an hour and is none («۳۱ مهر», «ساعت ۲۵»), as typed. It stays where it was said. */
  noDay: string | null
  /** The rule of the follow-up is once of what was said to be several times of this period («روزی دو بار»). */
  tooOften: TooOften | null
  /** Words behind @, as typed. */
  mentions: string[]
  /** In order, without overlap; every character of the line but spaces and punctuation is in one. */
  spans: LineSpan[]
}

/**
 * One line of the day's log, in Persian or English, with or without commas: «تماس با رضایی، قیمت را پرسید، سه‌شنبه پیگیری». What is not
 * understood stays in the body as typed; a line that means nothing is a note with all of its text.
 */
export function understandLine(text: string, now: Now): UnderstoodLine {
  const tokens = lineTokens(text)
  const parts: Array<LinePart | null> = tokens.map(() => null)
  const mark = (from: number, to: number, part: LinePart) => parts.fill(part, from, to)
  const days = whensIn(text, tokens, now)
  const noDay = noDayIn(text, tokens, days, now.day)
  // «۳۱ مهر ساعت ۵» is not today at five.
  const possible = noDay ? days.filter(({ timeOnly }) => !timeOnly) : days
  const whens = withRules(text, tokens, possible, clausesOf(tokens, possible), now)
  const next = followUpIn(tokens, whens, now)
  const ahead = (i: number) => next !== null && i >= next.from && i < next.to
  if (next) {
    mark(next.from, next.to, 'followUp')
    mark(next.when.from, next.when.to, 'due')
  }
  const clock = next && clockOf(next, whens)
  if (clock) mark(clock.from, clock.to, 'due')
  const unused = whens.filter((w) => !ahead(w.from))
  const others = unused.filter(({ rule }) => !rule)
  const inWhen = (i: number) => unused.some((w) => i >= w.from && i < w.to)
  const found = keywordIn(tokens, (i) => !ahead(i) && !inWhen(i))
  const unanswered = indexOfPhrase(tokens, NO_ANSWER, (i) => !ahead(i))
  const keyword = found?.keyword ?? (unanswered >= 0 ? { kind: 'call' as const, past: true } : null)
  const place: readonly [number, number] = found ? [found.from, found.to] : [unanswered, unanswered]
  const clauses = clausesOf(tokens, whens)
  const clause = clauses.find(([a, b]) => place[0] >= a && place[0] < b) ?? [0, 0]
  if (found) mark(found.from, found.to, 'activity')
  if (found?.keyword.kind === 'call') {
    const talk = indexOfPhrase(tokens, TALK, (i) => i >= found.to && i < clause[1])
    if (talk >= 0) mark(talk, talk + phraseAt(tokens, talk, TALK), 'activity')
  }
  if (found?.way) mark(found.way[0], found.way[1], 'activity')

  const at = keyword ? happenedAt(others, tokens, clause, place, keyword, now) : startsAt(others, now)
  for (const w of at?.used ?? []) mark(w.from, w.to, 'at')
  const free = (i: number) => parts[i] === null && !text.startsWith('@', tokens[i]!.start) && !inWhen(i)
  const length = keyword && keyword.kind !== 'note' ? durationIn(text, tokens, free) : null
  if (length && length.minutes <= MOST_MINUTES) mark(length.from, length.to, 'duration')

  let who =
    keyword && keyword.kind !== 'note'
      ? whoIn(text, tokens, withListBefore(tokens, clauses, clause), place, free)
      : null
  if (who) mark(who.from, who.to, 'who')
  else if (next) who = whoAhead(text, tokens, next)
  const noted = keyword?.kind === 'note' && !who ? notedIn(text, tokens, place[1], free) : null
  if (noted?.sure) {
    who = noted.sure
    mark(who.from, who.to, 'who')
  }
  const told = who ? null : toldIn(text, tokens, free)
  const perhaps = who ? [] : [...new Set([...(noted?.perhaps ?? []), ...(told?.perhaps ?? [])])]
  const isNobody = !who && !told?.sure.length && perhaps.length === 0
  const named = isNobody ? fullNamesIn(text, tokens, (i) => !text.startsWith('@', tokens[i]!.start)) : []
  const undated = next || keyword || at ? null : undatedIn(tokens, whens)
  if (undated) mark(0, tokens.length, 'followUp')
  if (found && !found.keyword.past) carry(tokens, parts, clause, found)

  const direction = directionOf(tokens, keyword, place, who !== null && who.to <= place[0], ahead)

  tokens.forEach((token, i) => {
    if (parts[i] === null)
      parts[i] = text.startsWith('@', token.start) && token.end - token.start > 1 ? 'mention' : 'body'
  })
  tuck(tokens, parts)
  const body = textOf(text, tokens, (i) => parts[i] === 'body' || parts[i] === 'mention')
  const kind = keyword?.kind ?? 'note'
  return {
    activity: {
      kind,
      ...fitting(kind, {
        direction,
        channel: keyword?.channel ?? null,
        minutes: length?.minutes ?? null,
      }),
    },
    happened: undated === null && (next === null || keyword !== null || body !== ''),
    noAnswer: kind === 'call' && (unanswered >= 0 || keyword?.noAnswer === true),
    who: who?.names ?? told?.sure ?? [],
    perhaps,
    named,
    body: tokens.length === 0 ? text.trim() : body,
    at: at?.when ?? null,
    followUp: next && {
      ...dueOf(next.when, clock, now),
      rule: next.when.rule ?? null,
      kind: next.kind,
      title: titleOf(text, tokens, parts, next),
    },
    undated,
    noDay: noDay?.text ?? null,
    tooOften: next?.when.tooOften ?? null,
    mentions: tokens.flatMap((t, i) =>
      text.startsWith('@', t.start) && parts[i] !== 'body' ? [text.slice(t.start + 1, t.end)] : [],
    ),
    spans: spansOf(tokens, parts),
  }
}

/** A time that was said apart from its day: «فردا به رضایی زنگ بزنم ساعت ۵». */
function clockOf({ from, to, when }: FoundFollowUp, whens: readonly FoundWhen[]): FoundWhen | null {
  if (when.when.minute !== null) return null
  return whens.find((w) => w.timeOnly && w.from >= from && w.to <= to) ?? null
}

function dueOf({ when, rule }: FoundWhen, clock: FoundWhen | null, now: Now): When {
  if (!clock) return when
  const { minute } = clock.when
  return (rule && firstOf(rule, minute, now.day, now)) ?? { day: when.day, minute }
}

function whoAhead(text: string, tokens: readonly Token[], next: { from: number; to: number; when: FoundWhen }) {
  const free = (i: number) => i < next.when.from || i >= next.when.to
  for (let i = next.from; i < next.to; i++) {
    const n = free(i)
      ? phraseAt(tokens, i, { has: (s) => /^(با|به|پیش|پیگیری|with|call|visit|meet|remind)$/.test(s) })
      : 0
    const stops = (k: number) =>
      free(k) && !(phraseAt(tokens, k, KEYWORDS) > 0) && !/^(زنگ|تماس|سر|پیام|جلسه|قرار|ایمیل)$/.test(tokens[k]!.word)
    const found = n > 0 ? whoIn(text, tokens, [i + 1, next.to], [i + 1, i + 1], stops) : null
    if (found && (tokens[i]!.word !== 'پیگیری' || hasKnownName(found))) return found
  }
  return null
}

/** «با رضایی، احمدی و کریمی جلسه داشتیم»: the name before the comma belongs to the list. */
function withListBefore(tokens: readonly Token[], clauses: readonly Clause[], clause: Clause): Clause {
  const before = clauses.find(([, b]) => b === clause[0])
  const isName = before && tokens[before[0]]!.word === 'با' && before[1] - before[0] <= 4
  return isName ? [before[0], clause[1]] : clause
}

/** «یه» in front of the keyword, and a verb behind it or behind the name, say nothing more. */
function carry(
  tokens: readonly Token[],
  parts: Array<LinePart | null>,
  [a, b]: readonly [number, number],
  { from, to }: FoundKeyword,
): void {
  if (from > a && parts[from - 1] === null && /^(یه|یک)$/.test(tokens[from - 1]!.word)) parts[from - 1] = 'activity'
  const verb = tokens.findIndex((t, i) => i >= to && i < b && parts[i] === null && CARRYING.has(t.word))
  if (verb > 0 && parts[verb - 1] !== null && !tokens[verb - 1]!.ends) parts[verb] = 'activity'
}
