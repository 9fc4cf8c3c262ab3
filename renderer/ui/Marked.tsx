/** Text with the found parts marked; `ranges` are [start, end) in UTF-16 units, in order. */
export function Marked({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }) {
  const parts: { text: string; isMarked: boolean; at: number }[] = []
  let from = 0
  for (const [start, end] of ranges) {
    if (start < from || end <= start) continue
    if (start > from) parts.push({ text: text.slice(from, start), isMarked: false, at: from })
    parts.push({ text: text.slice(start, end), isMarked: true, at: start })
    from = end
  }
  if (from < text.length) parts.push({ text: text.slice(from), isMarked: false, at: from })
  return <span>{parts.map((part) => (part.isMarked ? <mark key={part.at}>{part.text}</mark> : part.text))}</span>
}
