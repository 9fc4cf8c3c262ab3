import { type CalendarDate, PersianCalendar, parseDate, toCalendar } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { MONTH_NAMES } from '../../shared/domain/calendar-names.ts'
import { localDigits } from '../../shared/domain/format.ts'
import { fromJalali } from '../../shared/domain/jalali.ts'
import { IconButton } from './IconButton.tsx'
import { useLanguage } from './locale.ts'

const persian = new PersianCalendar()
const inPersian = (iso: string): CalendarDate => toCalendar(parseDate(iso), persian)

/**
 * A month of the Jalali calendar; `value` is an ISO (Gregorian) day. React Aria's own heading reads «۱۴۰۵ آذر», its arrows do
 * not turn with the page and long weekday names cut off Friday: heading, arrows and narrow names are ours.
 */
export function JCalendar({
  value,
  onChange,
  today,
}: {
  value: string | null
  onChange: (iso: string) => void
  today: string
}) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  return (
    <Calendar
      aria-label={t('calendar')}
      value={value ? inPersian(value) : null}
      defaultFocusedValue={inPersian(value ?? today)}
      onChange={(day) => onChange(fromJalali(day.year, day.month, day.day))}
      firstDayOfWeek="sat"
      autoFocus
      className="w-64 p-3"
    >
      {({ state }) => {
        const month = toCalendar(state.visibleRange.start, persian)
        return (
          <>
            <header className="mb-2 flex items-center">
              <IconButton
                slot="previous"
                size="sm"
                label={t('previousMonth')}
                icon={<ChevronLeft className="rtl:-scale-x-100" />}
              />
              <span className="flex-1 text-center font-semibold" aria-hidden="true">
                {MONTH_NAMES[language][month.month - 1]} {localDigits(String(month.year), language)}
              </span>
              <IconButton
                slot="next"
                size="sm"
                label={t('nextMonth')}
                icon={<ChevronRight className="rtl:-scale-x-100" />}
              />
            </header>
            <CalendarGrid weekdayStyle="narrow" className="w-full border-separate border-spacing-0.5">
              <CalendarGridHeader>
                {(day) => (
                  <CalendarHeaderCell className="pb-1 text-xs font-normal text-muted">{day}</CalendarHeaderCell>
                )}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(date) => (
                  <CalendarCell
                    date={date}
                    className="grid size-8 cursor-default place-items-center rounded-md leading-none outline-none hover:bg-surface-2 data-focus-visible:focus-ring data-outside-month:invisible data-selected:bg-accent data-selected:text-on-accent data-today:font-bold data-today:not-data-selected:text-accent"
                  />
                )}
              </CalendarGridBody>
            </CalendarGrid>
          </>
        )
      }}
    </Calendar>
  )
}
