/** Words beyond this are not compared: the table of the comparison grows with the product of both. */
const MOST = 600

export type Range = readonly [start: number, end: number]

/**
 * Where two texts differ, word by word: ranges [start, end) in UTF-16 units of each. Longest common subsequence; empty lists for texts too
 * long to compare or without a word in common, where colouring everything would say nothing.
 */
export function diffWords(a: string, b: string): { a: Range[]; b: Range[] } {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  if (left.length > MOST || right.length > MOST) return { a: [], b: [] }
  const width = right.length + 1
  const common = new Uint16Array((left.length + 1) * width)
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      common[i * width + j] =
        left[i]!.text === right[j]!.text
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
  if (common[0] === 0) return { a: [], b: [] }
  const out = { a: [] as Range[], b: [] as Range[] }
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i]!.text === right[j]!.text) {
      i++
      j++
    } else if (j === right.length || (i < left.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      add(out.a, left[i++]!)
    else add(out.b, right[j++]!)
  }
  return out
}

interface Word {
  text: string
  start: number
  end: number
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ text: word, start: index, end: index + word.length }))

/** Neighbours become one range: the space between two changed words belongs to the change. */
function add(ranges: Range[], { start, end }: Word): void {
  const last = ranges.at(-1)
  if (last && start - last[1] <= 1) ranges[ranges.length - 1] = [last[0], end]
  else ranges.push([start, end])
}
