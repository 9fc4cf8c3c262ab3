import type { Direction } from './activity.ts'
import { addDays } from './jalali-calendar.ts'
import { isAhead, tellsPast } from './log-line-follow-up.ts'
import { phraseAt, type Token, words } from './log-line-tokens.ts'
import type { FoundWhen } from './log-line-when.ts'
import { isNamed } from './log-line-who.ts'
import { EITHER_WAY, FOLLOW_UP_WORDS, KEYWORDS, type Keyword, MEDIUM, NOT_DONE, NOT_TAKEN } from './log-line-words.ts'
import type { Now, When } from './parse-when.ts'

/** `way`: tokens that only said how («در واتساپ … پیام دادم»). */
export type FoundKeyword = { from: number; to: number; keyword: Keyword; way?: readonly [number, number] }

/** The first keyword; a way («در واتساپ») gives way to what was done in it («زنگ زدم»), and keeps it when it was a message. */
export function keywordIn(tokens: readonly Token[], usable: (i: number) => boolean): FoundKeyword | null {
  let way: FoundKeyword | null = null
  for (let i = 0; i < tokens.length; i++) {
    const n = usable(i) ? phraseAt(tokens, i, KEYWORDS) : 0
    // «زنگ بزنم» without a day and «زنگ نزدم» are no calls that were made
    const undone = Math.max(phraseAt(tokens, i, FOLLOW_UP_WORDS), phraseAt(tokens, i, NOT_DONE))
    if (undone > n) i += undone - 1
    if (n === 0 || undone > n) continue
    const said = words(tokens, i, i + n)
    // «بله به هر حال…» only says yes.
    if (/^بله (?:به|از)$/.test(said) && !((i === 0 || tokens[i - 1]!.ends) && isNamed(tokens, i + n))) continue
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

export function directionOf(
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

export function indexOfPhrase(
  tokens: readonly Token[],
  known: ReadonlySet<string>,
  usable: (i: number) => boolean,
): number {
  return tokens.findIndex((_, i) => usable(i) && phraseAt(tokens, i, known) > 0)
}

/** The day and time in the clause of the keyword (or before it) that are over; «شنبه» with a past verb is the last one. */
export function happenedAt(
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

export function startsAt(whens: readonly FoundWhen[], now: Now): { when: When; used: FoundWhen[] } | null {
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
