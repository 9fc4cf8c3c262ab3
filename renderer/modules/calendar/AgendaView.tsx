import { CalendarCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatDay, formatRelativeDay } from '../../../shared/domain/format.ts'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useLanguage } from '../../ui/locale.ts'
import type { Day } from './calendar-model.ts'
import { DayEntries } from './DayEntries.tsx'
import { Birthdays, HolidayNames } from './DayMarks.tsx'
import type { ViewProps } from './view-props.ts'

/** The days of a month that have something, one under the other. */
export function AgendaView(props: ViewProps) {
  const { t } = useTranslation('calendar')
  const shown = props.days.filter(
    ({ total, holidays, birthdays, day }) =>
      total > 0 || holidays.length > 0 || birthdays.count.n > 0 || day === props.place.day,
  )
  const isEmpty = props.days.every(({ total }) => total === 0)
  return (
    <div className="flex max-w-3xl flex-col gap-3">
      {isEmpty ? <EmptyState icon={<CalendarCheck />}>{t('emptyMonth')}</EmptyState> : null}
      {shown.map((day) => (
        <DayList key={day.day} day={day} {...props} />
      ))}
    </div>
  )
}

function DayList({ day, today, minute, place, drag, isOff }: ViewProps & { day: Day }) {
  const language = useLanguage()
  const isActive = day.day === place.day
  const more = day.total - day.entries.length
  const title = formatDay(day.day, language, 'long')
  const near = formatRelativeDay(day.day, today, language)
  return (
    <section
      data-day={day.day}
      className={cx(
        'rounded-card border border-line bg-surface p-2',
        drag?.target?.day === day.day && 'bg-accent-soft!',
      )}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a heading that takes the focus, for the keys */}
      <div
        role="group"
        data-cell=""
        data-day={day.day}
        tabIndex={isActive ? 0 : -1}
        aria-label={title}
        className="mb-1 flex min-w-0 items-center gap-2 rounded px-1 outline-none focus-visible:focus-ring"
      >
        <h2 className={cx('shrink-0 text-[0.8125rem] font-semibold', isOff(day) && 'text-bad-ink')}>{title}</h2>
        {title.includes(near) ? null : (
          <span className={cx('shrink-0 text-xs', day.day === today ? 'font-semibold text-accent' : 'text-muted')}>
            {near}
          </span>
        )}
        <HolidayNames holidays={day.holidays} className="flex-1" />
        <Birthdays birthdays={day.birthdays} />
      </div>
      <div className="flex flex-col gap-1">
        <DayEntries {...{ day, today, minute, isActive, more }} dragged={drag?.entry.key} shown={day.entries.length} />
      </div>
    </section>
  )
}
