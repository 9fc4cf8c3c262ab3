import { fold, ZWNJ } from './persian-text.ts'

/** A word of a line: [start, end) in UTF-16 units of the text; `word` is its key; `ends` when a comma, stop or line end follows. */
export type Token = { start: number; end: number; word: string; ends: boolean }

// a stop right behind a Persian letter parts words, as people leave its space out
const WORD = /(?:(?<=[\d۰-۹٠-٩])[,،٬.:/](?=[\d۰-۹٠-٩])|(?<!\p{Script=Arabic})[.:]|[^\s،,؛;!؟?«»"().:])+/gu
const BREAK = /[،,؛;!؟?.:\n…]| [-–—] /

/** The words of a line. Every character that is no space and no punctuation is in one of them. */
export function lineTokens(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(WORD)) {
    const raw = match[0].replace(/[.:…]+$/, '')
    if (/^[-–—.:…]*$/.test(raw)) continue
    const end = match.index + raw.length
    tokens.push({ start: match.index, end, word: fold(raw).replaceAll(ZWNJ, '').replaceAll("'", ''), ends: true })
  }
  tokens.forEach((token, i) => {
    const next = tokens[i + 1]
    token.ends = !next || BREAK.test(text.slice(token.end, next.start))
  })
  return tokens
}

/** The words of tokens i..j (j not included) with single spaces. */
export function words(tokens: readonly Token[], i: number, j: number): string {
  return tokens
    .slice(i, j)
    .map((t) => t.word)
    .join(' ')
}

/** The longest phrase of a table that begins at token i and crosses no comma; its length in tokens, or 0. */
export function phraseAt(
  tokens: readonly Token[],
  i: number,
  known: { has(phrase: string): boolean },
  longest = 4,
): number {
  let found = 0
  for (let n = 1; n <= longest && i + n <= tokens.length; n++) {
    if (known.has(words(tokens, i, i + n))) found = n
    if (tokens[i + n - 1]!.ends) break
  }
  return found
}
