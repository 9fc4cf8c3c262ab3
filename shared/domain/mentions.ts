import { fold, ZWNJ } from './persian-text.ts'

export interface Mentionable {
  id: string
  name: string
}

/** A colleague named in a text: [start, end) in UTF-16 units, with the @. */
export interface MentionRange {
  start: number
  end: number
  user_id: string
}

/** No name has more words. */
const MOST_WORDS = 5
const WORD = /[\p{L}\p{N}\p{M}\u200c]+/uy

/** A name as it is compared: folded, without gaps, so that «علی‌پور» and «علی پور» are one. */
const keyOf = (name: string) =>
  fold(name)
    .replaceAll(ZWNJ, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')

/**
 * Colleagues named with @ in a text: by the whole name, the longest that fits, else by its first word where only one has it. «@علی_رضایی» is
 * «@علی رضایی». An @ inside a word (an e-mail address) names nobody.
 */
export function mentionsIn(text: string, users: readonly Mentionable[]): MentionRange[] {
  const byName = new Map<string, string>()
  const byFirst = new Map<string, string | null>()
  for (const { id, name } of users) {
    const key = keyOf(name)
    if (key && !byName.has(key)) byName.set(key, id)
    const first = keyOf(name.split(/[\s\u200c]+/)[0] ?? '')
    if (first) byFirst.set(first, byFirst.has(first) ? null : id)
  }
  const found: MentionRange[] = []
  for (let start = text.indexOf('@'); start >= 0; start = text.indexOf('@', start + 1)) {
    if (start > 0 && /[\p{L}\p{N}._-]/u.test(text[start - 1]!)) continue
    const words = wordsAfter(text, start + 1)
    let best: MentionRange | null = null
    let key = ''
    words.forEach(({ word, end }, i) => {
      key += keyOf(word)
      const user = byName.get(key) ?? (i === 0 ? byFirst.get(key) : undefined)
      if (user) best = { start, end, user_id: user }
    })
    if (best) found.push(best)
  }
  return found
}

/** Words that follow one another from `at` on, parted by one space or underline. */
function wordsAfter(text: string, at: number): Array<{ word: string; end: number }> {
  const words: Array<{ word: string; end: number }> = []
  for (let from = at; words.length < MOST_WORDS; ) {
    WORD.lastIndex = from
    const match = WORD.exec(text)
    if (!match) break
    const end = from + match[0].length
    words.push({ word: match[0], end })
    if (text[end] !== ' ' && text[end] !== '_') break
    from = end + 1
  }
  return words
}
