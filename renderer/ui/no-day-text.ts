import type { TFunction } from 'i18next'
import { MONTH_NAMES } from '../../shared/domain/calendar-names.ts'
import { localDigits } from '../../shared/domain/format.ts'
import type { IsoDay } from '../../shared/domain/jalali.ts'
import { whyNoDay } from '../../shared/domain/why-no-day.ts'
import type { Language } from './locale.ts'

/** Why what was typed is no day («مهر ۱۴۰۵، ۳۰ روز دارد»), or null where it does not look like one. */
export function noDayText(text: string, today: IsoDay, t: TFunction, language: Language): string | null {
  const why = whyNoDay(text, today)
  if (why === null) return null
  if (why.code === 'NO_SUCH_HOUR') return t('ui:noDay.NO_SUCH_HOUR')
  const n = (value: number) => localDigits(String(value), language)
  return why.code === 'MONTH_TOO_SHORT'
    ? t('ui:noDay.MONTH_TOO_SHORT', {
        month: MONTH_NAMES[language][why.month - 1],
        year: n(why.year),
        days: n(why.days),
      })
    : t('ui:noDay.YEAR_OUT_OF_RANGE', { first: n(why.first), last: n(why.last) })
}
