import { formatDay, formatNamedDay, formatRelativeDay, localDigits } from '../../shared/domain/format.ts'
import type { IsoDay } from '../../shared/domain/jalali.ts'
import type { When } from '../../shared/domain/parse-when.ts'
import type { Language } from './locale.ts'

/** «۰۹:۳۰». @param minute of the day */
export function formatMinute(minute: number, language: Language): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return localDigits(`${two(Math.floor(minute / 60))}:${two(minute % 60)}`, language)
}

/** «فردا ۱۰:۳۰», «۱۵ آذر», «۱ فروردین ۱۴۰۶ ۰۹:۰۰»: for lists, where near days have names. */
export function formatWhen({ day, minute }: When, today: IsoDay, language: Language): string {
  const words = formatRelativeDay(day, today, language)
  return minute === null ? words : `${words} ${formatMinute(minute, language)}`
}

/** «فردا ۱۰:۳۰», «یکشنبه ۷ آذر ۱۰:۳۰»: where something was moved to. */
export function formatNamedWhen({ day, minute }: When, today: IsoDay, language: Language): string {
  const words = formatNamedDay(day, today, language)
  return minute === null ? words : `${words} ${formatMinute(minute, language)}`
}

/** «یکشنبه ۱ آذر ۱۴۰۵، ۱۰:۳۰»: the whole of it. */
export function formatWholeWhen({ day, minute }: When, language: Language): string {
  const words = formatDay(day, language, 'long')
  return minute === null ? words : `${words}${language === 'fa' ? '،' : ','} ${formatMinute(minute, language)}`
}
