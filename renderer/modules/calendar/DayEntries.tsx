import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { type Day, isLate } from './calendar-model.ts'
import { EntryChip } from './EntryChip.tsx'

interface DayEntriesProps {
  day: Day
  today: string
  minute: number
  /** The day that was chosen. */
  isActive: boolean
  /** Key of the entry that is being moved. */
  dragged: string | undefined
  /** How many of them are drawn, and how many that day has besides. */
  shown: number
  more: number
  isBrief?: boolean
}

/** The entries of one day, one under the other, and the way to those there is no room for. */
export function DayEntries({ day, today, minute, isActive, dragged, shown, more, isBrief }: DayEntriesProps) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  return (
    <>
      {day.entries.slice(0, shown).map((entry) => (
        <EntryChip
          key={entry.key}
          entry={entry}
          isLate={isLate(day.day, entry, { day: today, minute })}
          isReachable={isActive}
          isDragged={dragged === entry.key}
        />
      ))}
      {more > 0 ? (
        <button
          type="button"
          data-goto={day.day}
          tabIndex={isActive ? 0 : -1}
          className={cx(
            'rounded px-1.5 text-xs text-muted outline-none hover:bg-surface-2 hover:text-text focus-visible:focus-ring',
            isBrief ? 'h-5.5 text-start leading-5' : 'h-6 self-start',
          )}
        >
          {t('more', { count: more, n: formatNumber(more, language) })}
        </button>
      ) : null}
    </>
  )
}
