import { lineTokens, phraseAt, words } from '../../../shared/domain/log-line-tokens.ts'
import { FOLLOW_UP_WORDS, KEYWORDS } from '../../../shared/domain/log-line-words.ts'

/** Whether a text in the search box is rather a line of the log: it begins with a word of it, or says what was done, and says more than that. */
export function isLogLine(text: string): boolean {
  const tokens = lineTokens(text)
  const first = Math.max(phraseAt(tokens, 0, KEYWORDS), phraseAt(tokens, 0, FOLLOW_UP_WORDS))
  if (first > 0) return first < tokens.length
  return tokens.some((_, i) => {
    const n = phraseAt(tokens, i, KEYWORDS)
    return n > 0 && n < tokens.length && KEYWORDS.get(words(tokens, i, i + n))?.past === true
  })
}
