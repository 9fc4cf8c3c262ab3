import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { WEEKDAY_NAMES } from '../../../shared/domain/calendar-names.ts'
import { weekday } from '../../../shared/domain/jalali.ts'
import type { When } from '../../../shared/domain/parse-when.ts'
import { allHours, DEFAULT_WEEK } from '../../../shared/domain/working-week.ts'
import { rpc } from '../../api/client.ts'
import { useBusiness } from '../../api/session.ts'
import { useLanguage } from '../../ui/locale.ts'
import { hoursWords } from './week-words.ts'

/** What is worth knowing beside a chosen day: «جمعه تعطیل است.», a holiday, an hour outside of work. Undefined when there is nothing; it never stops anyone. */
export function useDayNote(when: When | null): string | undefined {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const week = useBusiness()?.week ?? DEFAULT_WEEK
  const day = when?.day ?? ''
  const { data } = useQuery({
    ...rpc.calendar.holidays.queryOptions({ input: { from: day, to: day } }),
    enabled: when !== null,
  })
  if (when === null) return undefined
  const holiday = data?.find(({ off }) => off)
  if (holiday) return t(holiday.approximate ? 'dayOffGuess' : 'dayOffNamed', { name: holiday.name[language] })
  const work = week[weekday(day)]
  if (!work) return undefined
  if (work.kind === 'off') return t('dayOff', { day: WEEKDAY_NAMES[language][weekday(day)] })
  const { minute } = when
  if (minute === null || allHours(work).some(({ from, to }) => minute >= from && minute < to)) return undefined
  return t('outOfHours', { hours: hoursWords(work, t, language) })
}
