import { formatDay, formatRelativeDay } from '../../shared/domain/format.ts'
import { dayOf } from '../../shared/domain/jalali.ts'
import { useLanguage } from './locale.ts'

/** A day near today in words («فردا», «۳ روز پیش»), the whole date as its tooltip; null is a grey dash. `day` is ISO. */
export function DayText({ day, today = dayOf(Date.now()) }: { day: string | null; today?: string }) {
  const language = useLanguage()
  if (!day) return <Dash />
  return (
    // The browser's own tooltip: lists hold hundreds of these.
    <time dateTime={day} title={formatDay(day, language, 'long')} className="whitespace-nowrap">
      {formatRelativeDay(day, today, language)}
    </time>
  )
}

/** What is merely empty. */
export function Dash() {
  return (
    <span className="text-muted" aria-hidden="true">
      –
    </span>
  )
}
