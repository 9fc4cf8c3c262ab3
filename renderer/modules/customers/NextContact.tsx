import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useToday } from '../../app/today.ts'
import { Badge } from '../../ui/Badge.tsx'
import { DayText } from '../../ui/DayText.tsx'

/** The day of the next step; red when it has gone by. Without one, a word where the customer should have been called by now. */
export function NextContact(props: { day: string | null; slipsOn: string | null; empty: ReactNode }) {
  const { day, slipsOn, empty } = props
  const { t } = useTranslation('customers')
  const today = useToday()
  if (day !== null)
    return day < today ? (
      <span className="text-bad">
        <DayText day={day} />
      </span>
    ) : (
      <DayText day={day} />
    )
  return slipsOn !== null && slipsOn <= today ? <Badge tone="warn">{t('show.slipped')}</Badge> : empty
}
