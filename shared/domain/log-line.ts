import { type ActivityKind, type Channel, type Direction, fitting, MOST_MINUTES } from './activity.ts'
import { addDays, type IsoDay } from './jalali-calendar.ts'
import { type Clause, clausesOf, type FollowUpKind, followUpIn, isAhead, tellsPast } from './log-line-follow-up.ts'
import { lineTokens, phraseAt, type Token, words } from './log-line-tokens.ts'
import { durationIn, type FoundWhen, whensIn } from './log-line-when.ts'
import { hasKnownName, whoIn } from './log-line-who.ts'
import {
  CARRYING,
  EITHER_WAY,
  FOLLOW_UP_WORDS,
  KEYWORDS,
  type Keyword,
  MEDIUM,
  NO_ANSWER,
  NOT_TAKEN,
  TALK,
} from './log-line-words.ts'
import type { Now, When } from './parse-when.ts'

/** What a stretch of a line was understood as. `due` is the day and time of the follow-up; mentions stay in the body too. */
export type LinePart = 'activity' | 'who' | 'at' | 'duration' | 'body' | 'mention' | 'followUp' | 'due'
/** [start, end) in UTF-16 units of the line. */
export type LineSpan = { start: number; end: number; part: LinePart }

export type UnderstoodLine = {
  activity: { kind: ActivityKind; direction: Direction | null; channel: Channel | null; minutes: number | null }
  /** False when the line only says what is to be done («شنبه به رضایی زنگ بزنم»): then there is nothing to log. */
  happened: boolean
  /** A call that nobody answered. */
  noAnswer: boolean
  /** Names to search for, without «آقای» and the like; the customers are found elsewhere. */
  who: string[]
  body: string
  /** When it happened, if the line says so; else now. */
  at: When | null
  followUp: { day: IsoDay; minute: number | null; kind: FollowUpKind; title: string } | null
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
  const whens = whensIn(text, tokens, now)
  const next = followUpIn(tokens, whens, now)
  const ahead = (i: number) => next !== null && i >= next.from && i < next.to
  if (next) {
    mark(next.from, next.to, 'followUp')
    mark(next.when.from, next.when.to, 'due')
  }
  const others = whens.filter((w) => !ahead(w.from))
  const inWhen = (i: number) => others.some((w) => i >= w.from && i < w.to)
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
    happened: next === null || keyword !== null || body !== '',
    noAnswer: kind === 'call' && (unanswered >= 0 || keyword?.noAnswer === true),
    who: who?.names ?? [],
    body: tokens.length === 0 ? text.trim() : body,
    at: at?.when ?? null,
    followUp: next && { ...next.when.when, kind: next.kind, title: titleOf(text, tokens, parts, next) },
    mentions: tokens.flatMap((t, i) =>
      text.startsWith('@', t.start) && parts[i] !== 'body' ? [text.slice(t.start + 1, t.end)] : [],
    ),
    spans: spansOf(tokens, parts),
  }
}

/** `way`: tokens that only said how («در واتساپ … پیام دادم»). */
type FoundKeyword = { from: number; to: number; keyword: Keyword; way?: readonly [number, number] }

/** The first keyword; a way («در واتساپ») gives way to what was done in it («زنگ زدم»), and keeps it when it was a message. */
function keywordIn(tokens: readonly Token[], usable: (i: number) => boolean): FoundKeyword | null {
  let way: FoundKeyword | null = null
  for (let i = 0; i < tokens.length; i++) {
    const n = usable(i) ? phraseAt(tokens, i, KEYWORDS) : 0
    // «زنگ بزنم» without a day is no call that was made
    const undone = phraseAt(tokens, i, FOLLOW_UP_WORDS)
    if (undone > n) i += undone - 1
    if (n === 0 || undone > n) continue
    const said = words(tokens, i, i + n)
    const keyword = KEYWORDS.get(said)!
    if (way) {
      const done = keyword.kind === 'message' ? { ...way.keyword, ...keyword } : keyword
      return { from: i, to: i + n, keyword: done, way: [way.from, way.to] }
    }
    const led = MEDIUM.has(tokens[i - 1]?.word ?? '')
    const here: FoundKeyword = { from: led ? i - 1 : i, to: i + n, keyword }
    const medium = keyword.channel !== undefined && !keyword.past && (led || said.endsWith(' بله'))
    if (!medium || !keywordFollows(tokens, i + n, usable)) return here
    way = here
    i += n - 1
  }
  return way
}

/** In the same clause, that is before the next comma. */
function keywordFollows(tokens: readonly Token[], from: number, usable: (i: number) => boolean): boolean {
  for (let i = from; i < tokens.length && !tokens[i - 1]!.ends; i++) {
    if (usable(i) && phraseAt(tokens, i, KEYWORDS) > 0) return true
  }
  return false
}

function directionOf(
  tokens: readonly Token[],
  keyword: Keyword | null,
  place: readonly [number, number],
  nameInFront: boolean,
  ahead: (i: number) => boolean,
): Direction | null {
  const direction = keyword?.direction ?? null
  if (keyword?.kind === 'call' && direction === 'in' && indexOfPhrase(tokens, NOT_TAKEN, (i) => !ahead(i)) >= 0)
    return 'missed'
  return nameInFront && EITHER_WAY.has(words(tokens, place[0], place[1])) ? 'in' : direction
}

function indexOfPhrase(tokens: readonly Token[], known: ReadonlySet<string>, usable: (i: number) => boolean): number {
  return tokens.findIndex((_, i) => usable(i) && phraseAt(tokens, i, known) > 0)
}

/** The day and time in the clause of the keyword (or before it) that are over; «شنبه» with a past verb is the last one. */
function happenedAt(
  whens: readonly FoundWhen[],
  tokens: readonly Token[],
  clause: readonly [number, number],
  place: readonly [number, number],
  keyword: Keyword,
  now: Now,
): { when: When; used: FoundWhen[] } | null {
  const near = whens.filter(
    (w) =>
      !w.vague && (w.from >= clause[0] || w.from === 0) && w.to <= clause[1] && !tellsPast(tokens, place[1], w.from),
  )
  const past = keyword.past === true || tellsPast(tokens, 0, tokens.length)
  for (const w of near) {
    const when = over(w, past, now)
    if (!when) continue
    const clock = when.minute === null ? near.find((other) => other !== w && other.timeOnly) : undefined
    return clock ? { when: { day: when.day, minute: clock.when.minute }, used: [w, clock] } : { when, used: [w] }
  }
  return null
}

function startsAt(whens: readonly FoundWhen[], now: Now): { when: When; used: FoundWhen[] } | null {
  const first = whens.find((w) => w.from === 0 && !w.vague && !w.timeOnly && !w.weekday)
  const when = first ? over(first, false, now) : null
  return first && when ? { when, used: [first] } : null
}

function over(w: FoundWhen, past: boolean, now: Now): When | null {
  if (w.when.day === now.day && w.when.minute === null) return w.when
  if (!isAhead(w, now) || (w.when.day === now.day && w.when.minute === now.minute)) return w.when
  if (w.timeOnly) return { day: addDays(w.when.day, -1), minute: w.when.minute }
  return w.weekday && past ? { day: addDays(w.when.day, -7), minute: w.when.minute } : null
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

/** A lone «و» or «که» at the edge of the body goes to the part beside it. */
function tuck(tokens: readonly Token[], parts: Array<LinePart | null>): void {
  for (let i = 0; i < tokens.length; i++) {
    if (parts[i] !== 'body' || !/^(و|که|and)$/.test(tokens[i]!.word)) continue
    if (i > 0 && parts[i - 1] !== 'body' && parts[i - 1] !== 'mention') parts[i] = parts[i - 1]!
    else if (parts[i + 1] !== undefined && parts[i + 1] !== 'body' && parts[i + 1] !== 'mention')
      parts[i] = parts[i + 1]!
  }
}

/** The chosen words as typed, with the punctuation between neighbours; pieces that lay apart are joined by a comma where one stood. */
function textOf(text: string, tokens: readonly Token[], chosen: (i: number) => boolean): string {
  let out = ''
  let last = -1
  tokens.forEach((token, i) => {
    if (!chosen(i)) return
    const apart = tokens.slice(Math.max(last, 0), i).some((t) => t.ends)
    if (last === i - 1 && last >= 0) out += text.slice(tokens[last]!.end, token.start)
    else if (last >= 0) out += apart ? (/[\u0600-\u06ff]/.test(text) ? '، ' : ', ') : ' '
    out += text.slice(token.start, token.end)
    last = i
  })
  return out
}

function titleOf(
  text: string,
  tokens: readonly Token[],
  parts: readonly (LinePart | null)[],
  next: { from: number; to: number },
): string {
  const here = (i: number) => i >= next.from && i < next.to && parts[i] === 'followUp'
  const own = textOf(text, tokens, here).replace(/^(?:و|که|تا|برای|and|then) /, '')
  return own || textOf(text, tokens, (i) => i >= next.from && i < next.to)
}

function spansOf(tokens: readonly Token[], parts: readonly (LinePart | null)[]): LineSpan[] {
  const spans: LineSpan[] = []
  tokens.forEach((token, i) => {
    const last = spans.at(-1)
    const part = parts[i]!
    if (last?.part === part && part !== 'mention') last.end = token.end
    else spans.push({ start: token.start, end: token.end, part })
  })
  return spans
}
