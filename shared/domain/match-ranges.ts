import { fold, spellings, ZWNJ } from './persian-text.ts'

/** A half-open range of UTF-16 offsets in the shown text. */
export type Range = [start: number, end: number]

type Query = { words: readonly string[]; digits: readonly string[] }
type Glyph = { text: string; start: number; end: number }

/** Each shown character with its folded text; marks and invisible signs belong to the character before them. */
function glyphs(display: string): Glyph[] {
  const out: Glyph[] = []
  let at = 0
  for (const c of display) {
    const end = at + c.length
    const text = fold(c)
    const last = out.at(-1)
    if (text) out.push({ text, start: at, end })
    else if (last && last.text !== ZWNJ) last.end = end
    at = end
  }
  return out
}

/** What of the shown text a query found, merged and in order: for marking names as well as phones in any digits and grouping. */
export function matchRanges(display: string, q: Query): Range[] {
  if (q.words.length === 0 && q.digits.length === 0) return []
  const shown = glyphs(display)
  return merged([...wordRanges(shown, q.words), ...digitRanges(shown, q.digits)])
}

function wordRanges(shown: Glyph[], words: readonly string[]): Range[] {
  const parts: Glyph[][] = [[]]
  for (const g of shown) {
    if (/^[\p{L}\p{N}]/u.test(g.text)) parts.at(-1)!.push(g)
    else if (parts.at(-1)!.length > 0) parts.push([])
  }
  const out: Range[] = []
  for (let from = 0; from < words.length; from++) {
    let needle = ''
    for (let to = from; to < Math.min(words.length, from + 4); to++) {
      needle += words[to]!
      for (const form of spellings(needle)) out.push(...partRanges(parts, form))
    }
  }
  return out
}

/** Where parts, read on without the gaps between them, begin with the needle. */
function partRanges(parts: Glyph[][], needle: string): Range[] {
  const out: Range[] = []
  for (let i = 0; i < parts.length; i++) {
    let read = ''
    search: for (let j = i; j < parts.length && j < i + 4; j++) {
      const part = parts[j]!
      for (let k = 0; k < part.length; k++) {
        read += part[k]!.text
        if (!needle.startsWith(read) && !read.startsWith(needle)) break search
        if (read.length < needle.length) continue
        out.push([parts[i]![0]!.start, part[k]!.end])
        break search
      }
    }
  }
  return out
}

function digitRanges(shown: Glyph[], digits: readonly string[]): Range[] {
  const out: Range[] = []
  let run: Glyph[] = []
  const endRun = () => {
    const text = run.map((g) => g.text).join('')
    for (const d of digits) {
      for (let at = text.indexOf(d); at >= 0; at = text.indexOf(d, at + 1)) {
        out.push([run[at]!.start, run[at + d.length - 1]!.end])
      }
    }
    run = []
  }
  for (const g of shown) {
    if (/^\d$/.test(g.text)) run.push(g)
    else if (!/^[\s\u200c()+.\-\u2010-\u2015]$/.test(g.text)) endRun()
  }
  endRun()
  return out
}

function merged(ranges: Range[]): Range[] {
  const out: Range[] = []
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = out.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else out.push([start, end])
  }
  return out
}
