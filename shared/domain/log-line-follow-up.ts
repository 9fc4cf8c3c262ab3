import type { Token } from './log-line-tokens.ts'
import { phraseAt, words } from './log-line-tokens.ts'
import { asPlanned, type FoundWhen } from './log-line-when.ts'
import { FOLLOW_UP_WORDS, KEYWORDS, type Keyword, PAST_VERBS } from './log-line-words.ts'
import type { Now } from './parse-when.ts'

export type FollowUpKind = 'todo' | 'call' | 'meeting' | 'visit' | 'message'
/** Tokens [from, to) say what comes next. */
export type FoundFollowUp = { from: number; to: number; when: FoundWhen; kind: FollowUpKind }
export type Clause = readonly [from: number, to: number]

/** The parts of a line between commas and stops; a day and its time are never parted. */
export function clausesOf(tokens: readonly Token[], whens: readonly FoundWhen[]): Clause[] {
  const clauses: Clause[] = []
  let from = 0
  tokens.forEach((token, i) => {
    if (!token.ends || whens.some((w) => i >= w.from && i < w.to - 1)) return
    clauses.push([from, i + 1])
    from = i + 1
  })
  return clauses
}

export function isAhead({ when }: FoundWhen, now: Now): boolean {
  return when.day > now.day || (when.day === now.day && (when.minute === null || when.minute >= now.minute))
}

export function tellsPast(tokens: readonly Token[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (PAST_VERBS.has(tokens[i]!.word) && tokens[i - 1]?.word !== 'قرار') return true
  }
  return false
}

const inside = (whens: readonly FoundWhen[], i: number) => whens.some((w) => i >= w.from && i < w.to)

/** What comes next: a word of doing («پیگیری», «زنگ بزنم») with a day to come in its clause or next to it; or a plan («جلسه با رضایی شنبه»). */
export function followUpIn(tokens: readonly Token[], whens: readonly FoundWhen[], now: Now): FoundFollowUp | null {
  const clauses = clausesOf(tokens, whens)
  const ahead = asPlanned(whens).filter((w) => isAhead(w, now))
  for (const [a, b] of clauses) {
    const doing = firstDoing(tokens, a, b, whens)
    if (!doing) continue
    const here = ahead.filter((w) => w.from >= a && w.to <= b)
    const when = here.findLast((w) => w.from < doing.at) ?? here[0]
    if (when) return { ...region(tokens, [a, b], Math.min(when.from, doing.at), whens), when, kind: doing.kind }
    const alone = b - a === doing.length
    const besides = clauses.find(
      ([x, y]) => (alone && x === b) || ahead.some((w) => w.from === x && w.to === y && (x === b || y === a)),
    )
    const beside = besides && ahead.find((w) => w.from >= besides[0] && w.to <= besides[1])
    if (!beside || tellsPast(tokens, besides[0], besides[1])) continue
    const own = region(tokens, [a, b], doing.at, whens)
    return { from: Math.min(own.from, besides[0]), to: Math.max(own.to, besides[1]), when: beside, kind: doing.kind }
  }
  return appointed(tokens, clauses, ahead) ?? planned(tokens, clauses, ahead) ?? errand(tokens, clauses, ahead, now)
}

/** Of the words of doing those that somebody else may as well have said or done: they alone make no plan. */
const NO_PLAN = /^(قرار.*|جلسه بعدی|تماس مجدد|زنگ میزنه|تماس میگیر[هد]|پیگیر|ببینم|send|meet)$/

/** What is still to be done in a line that names no possible day for it and tells nothing: «ساعت ۲۵ به رضایی زنگ بزنم»; else null. */
export function undatedIn(tokens: readonly Token[], whens: readonly FoundWhen[]): FollowUpKind | null {
  if (tellsPast(tokens, 0, tokens.length) || tokens.some(({ word }) => TELLING.test(word))) return null
  const doing = firstDoing(tokens, 0, tokens.length, whens)
  return doing && !NO_PLAN.test(words(tokens, doing.at, doing.at + doing.length)) ? doing.kind : null
}

/** Words that tell how something is or will be: such a line is worth a note, not a task. */
const TELLING =
  /^(گفت.*|می‌?گ.*|است|هست|نیست|بود|شد|دارد|داره|ندارد|نداره|می‌?آید|میاد|نمیاد|خواست|می‌?خواهد|میخواد|پرسید|is|was|said|will)$/

/** What somebody uses to do: «هر ماه سه کارتن می‌برد» is worth a note. */
const HABIT = /^ن?می.*(?:د|ند|م|یم|ره|زه|ده|شه|خره|بره|کنه|گیره)$/

/** «خرید نایلون برای مغازه فردا عصر»: nothing else in the line, a later day at its start or end, and no verb that tells anything. */
function errand(
  tokens: readonly Token[],
  clauses: readonly Clause[],
  ahead: readonly FoundWhen[],
  now: Now,
): FoundFollowUp | null {
  const [when, more] = ahead
  if (!when || more || clauses.length > 1 || (!when.rule && when.when.day <= now.day)) return null
  const atEdge = when.from === 0 || when.to === tokens.length
  const others = tokens.filter((_, i) => i < when.from || i >= when.to)
  if (!atEdge || others.length < (when.rule ? 1 : 2) || tellsPast(tokens, 0, tokens.length)) return null
  const tells = (word: string) => TELLING.test(word) || (when.rule !== undefined && HABIT.test(word))
  const isBare = tokens.every(({ word }, i) => !tells(word) && phraseAt(tokens, i, KEYWORDS) === 0)
  return isBare ? { from: 0, to: tokens.length, when, kind: 'todo' } : null
}

function firstDoing(tokens: readonly Token[], a: number, b: number, whens: readonly FoundWhen[]) {
  let found: { at: number; length: number; kind: FollowUpKind } | null = null
  for (let i = a; i < b; i++) {
    const n = inside(whens, i) ? 0 : phraseAt(tokens, i, FOLLOW_UP_WORDS)
    if (n === 0) continue
    const kind = FOLLOW_UP_WORDS.get(words(tokens, i, i + n))!
    // «پیگیری» or «باید» may be followed by what is to be done
    if (!found) found = { at: i, length: n, kind }
    else if (found.kind === 'todo') found = { at: found.at, length: found.length, kind }
    i += n - 1
  }
  return found
}

const LED_BY = new Set(['باید', 'قراره', 'که', 'و', 'دوباره', 'مجدد', 'مجددا', 'یادم', 'یادت', 'بعد', 'لطفا'])

/** From the day or the word to the end of the clause; the whole clause when nothing before it tells what happened. */
function region(
  tokens: readonly Token[],
  [a, b]: Clause,
  at: number,
  whens: readonly FoundWhen[],
): { from: number; to: number } {
  let told = tellsPast(tokens, a, at)
  for (let i = a; i < at; i++) if (!inside(whens, i) && phraseAt(tokens, i, KEYWORDS) > 0) told = true
  if (!told) return { from: a, to: b }
  let from = at
  while (from > a && LED_BY.has(tokens[from - 1]!.word)) from--
  return { from, to: b }
}

/** «… سه‌شنبه ۴ جلسه»: a day to come with what it is for behind it, at the end of a clause that tells something else. */
function appointed(
  tokens: readonly Token[],
  clauses: readonly Clause[],
  ahead: readonly FoundWhen[],
): FoundFollowUp | null {
  for (const when of ahead) {
    const clause = clauses.find(([a, b]) => when.from > a && when.to < b)
    const keyword = clause && keywordAt(tokens, when.to)
    if (!clause || !keyword || keyword.past || keyword.kind === 'note' || when.to + keyword.length !== clause[1])
      continue
    if (tokens.slice(clause[0], when.from).some((_, k) => keywordAt(tokens, clause[0] + k))) {
      return { from: when.from, to: clause[1], when, kind: keyword.kind }
    }
  }
  return null
}

function keywordAt(tokens: readonly Token[], i: number): (Keyword & { length: number }) | null {
  const length = phraseAt(tokens, i, KEYWORDS)
  return length === 0 ? null : { ...KEYWORDS.get(words(tokens, i, i + length))!, length }
}

function planned(
  tokens: readonly Token[],
  clauses: readonly Clause[],
  ahead: readonly FoundWhen[],
): FoundFollowUp | null {
  for (const [a, b] of clauses) {
    const when = ahead.find((w) => w.from >= a && w.to <= b)
    if (!when || tellsPast(tokens, a, b)) continue
    if ((when.weekday || when.timeOnly) && tellsPast(tokens, 0, tokens.length)) continue
    for (let i = a; i < b; i++) {
      const keyword = keywordAt(tokens, i)
      if (keyword && !keyword.past && keyword.kind !== 'note') return { from: a, to: b, when, kind: keyword.kind }
    }
  }
  return null
}
