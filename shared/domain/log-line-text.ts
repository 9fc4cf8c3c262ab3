import type { Token } from './log-line-tokens.ts'

/** What a stretch of a line was understood as. `due` is the day and time of the follow-up; mentions stay in the body too. */
export type LinePart = 'activity' | 'who' | 'at' | 'duration' | 'body' | 'mention' | 'followUp' | 'due'
/** [start, end) in UTF-16 units of the line. */
export type LineSpan = { start: number; end: number; part: LinePart }

/** A lone «و» or «که» at the edge of the body goes to the part beside it. */
export function tuck(tokens: readonly Token[], parts: Array<LinePart | null>): void {
  for (let i = 0; i < tokens.length; i++) {
    if (parts[i] !== 'body' || !/^(و|که|and)$/.test(tokens[i]!.word)) continue
    if (i > 0 && parts[i - 1] !== 'body' && parts[i - 1] !== 'mention') parts[i] = parts[i - 1]!
    else if (parts[i + 1] !== undefined && parts[i + 1] !== 'body' && parts[i + 1] !== 'mention')
      parts[i] = parts[i + 1]!
  }
}

/** The chosen words as typed, with the punctuation between neighbours; pieces that lay apart are joined by a comma where one stood. */
export function textOf(text: string, tokens: readonly Token[], chosen: (i: number) => boolean): string {
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

export function titleOf(
  text: string,
  tokens: readonly Token[],
  parts: readonly (LinePart | null)[],
  next: { from: number; to: number },
): string {
  const here = (i: number) => i >= next.from && i < next.to && parts[i] === 'followUp'
  const own = textOf(text, tokens, here).replace(/^(?:و|که|تا|برای|and|then) /, '')
  return own || textOf(text, tokens, (i) => i >= next.from && i < next.to)
}

export function spansOf(tokens: readonly Token[], parts: readonly (LinePart | null)[]): LineSpan[] {
  const spans: LineSpan[] = []
  tokens.forEach((token, i) => {
    const last = spans.at(-1)
    const part = parts[i]!
    if (last?.part === part && part !== 'mention') last.end = token.end
    else spans.push({ start: token.start, end: token.end, part })
  })
  return spans
}
