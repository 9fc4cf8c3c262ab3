import type { ReactNode } from 'react'
import { mentionsIn } from '../../../shared/domain/mentions.ts'
import { useColleagues } from '../users/use-colleagues.ts'

/** A text in which the colleagues named with @ stand out. */
export function MentionText({ text }: { text: string }) {
  const { all } = useColleagues()
  const ranges = text.includes('@') ? mentionsIn(text, all) : []
  const parts: ReactNode[] = []
  let from = 0
  for (const { start, end } of ranges) {
    parts.push(
      text.slice(from, start),
      <span key={start} className="font-semibold text-accent-ink">
        {text.slice(start, end)}
      </span>,
    )
    from = end
  }
  return (
    <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
      {parts}
      {text.slice(from)}
    </p>
  )
}
