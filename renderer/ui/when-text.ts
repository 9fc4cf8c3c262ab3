import {
  formatDateTime,
  formatDay,
  formatNamedDay,
  formatRelativeDay,
  localDigits,
} from '../../shared/domain/format.ts'
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

const INSTANT = /^(at|\w+_at)$/
const DAYS = new Set(['date', 'due_date', 'local_date', 'quiet_until', 'rule_date'])

/** A column that holds a time, as people read it: instants (epoch ms), days, minutes of the day; undefined for any other. */
export function storedWhen(field: string, value: unknown, language: Language): string | undefined {
  if (typeof value === 'number' && INSTANT.test(field)) return formatDateTime(value, Date.now(), language)
  if (typeof value === 'string' && DAYS.has(field)) return formatDay(value, language, 'short')
  if (typeof value === 'number' && field === 'due_minute') return formatMinute(value, language)
  return undefined
}
