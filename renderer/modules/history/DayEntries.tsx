import { useTranslation } from 'react-i18next'
import { formatDay, formatRelativeDay } from '../../../shared/domain/format.ts'
import { daysBetween, type IsoDay } from '../../../shared/domain/jalali.ts'
import { useToday } from '../../app/today.ts'
import { useLanguage } from '../../ui/locale.ts'
import { EntryRow } from './EntryRow.tsx'
import type { Entry } from './use-history.ts'

/** One day of the history. */
export function DayEntries({
  day,
  entries,
  onUndo,
}: {
  day: IsoDay
  entries: readonly Entry[]
  onUndo: (entry: Entry) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const today = useToday()
  const long = formatDay(day, language, 'long')
  const near = Math.abs(daysBetween(today, day)) < 7
  return (
    <section aria-label={long}>
      <h2 className="mb-1.5 text-[0.8125rem] font-semibold text-muted">
        {near ? t('history:day', { near: formatRelativeDay(day, today, language), date: long }) : long}
      </h2>
      <ul className="overflow-hidden rounded-card border border-line bg-surface">
        {entries.map((entry) => (
          <EntryRow key={entry.change} entry={entry} onUndo={onUndo} />
        ))}
      </ul>
    </section>
  )
}
