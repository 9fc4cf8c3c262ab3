import { type Lang, MONTH_NAMES, NEAR_DAYS, WEEKDAY_NAMES } from './calendar-names.ts'
import { daysBetween, type IsoDay, type JalaliDay, toJalali, wallTime, weekday } from './jalali-calendar.ts'
import { toPersianDigits } from './persian-text.ts'

export type { Lang } from './calendar-names.ts'
export { formatNumber, parseNumber } from './numbers.ts'

/** Digits as the language writes them; nothing else changes. */
export function localDigits(text: string, lang: Lang): string {
  return lang === 'fa' ? toPersianDigits(text) : text
}

function dayMonth({ jd, jm }: JalaliDay, lang: Lang): string {
  return localDigits(`${jd} ${MONTH_NAMES[lang][jm - 1]}`, lang)
}

/**
 * long «یکشنبه ۱ آذر ۱۴۰۵», short «۱ آذر ۱۴۰۵», numeric «۱۴۰۵/۰۹/۰۱». Put together here because Intl's order is
 * «۱۴۰۵ آذر ۱, یکشنبه». A day outside the supported years is shown as stored, so that one bad row cannot break a list.
 */
export function formatDay(iso: IsoDay, lang: Lang, style: 'short' | 'long' | 'numeric'): string {
  const day = jalaliOrNull(iso)
  if (!day) return localDigits(iso, lang)
  if (style === 'numeric') {
    const two = (n: number) => String(n).padStart(2, '0')
    return localDigits(`${day.jy}/${two(day.jm)}/${two(day.jd)}`, lang)
  }
  const short = `${dayMonth(day, lang)} ${localDigits(String(day.jy), lang)}`
  return style === 'long' ? `${WEEKDAY_NAMES[lang][weekday(iso)]} ${short}` : short
}

function jalaliOrNull(iso: IsoDay): JalaliDay | null {
  try {
    return toJalali(iso)
  } catch (e) {
    if (e instanceof RangeError) return null
    throw e
  }
}

/** A birthday without year: «۱ آذر». */
export function formatMonthDay(jm: number, jd: number, lang: Lang): string {
  return dayMonth({ jy: 0, jm, jd }, lang)
}

/** «امروز», «دیروز», «فردا», «۳ روز پیش», «۳ روز دیگر»; beyond six days the date, without the year if it is this year. */
export function formatRelativeDay(iso: IsoDay, today: IsoDay, lang: Lang): string {
  return nearDay(iso, today, lang) ?? dateNear(iso, today, lang)
}

/** «فردا», «یکشنبه ۷ آذر»: the day that something goes to, where «۶ روز دیگر» would be read as a distance. The year only if it is another one. */
export function formatNamedDay(iso: IsoDay, today: IsoDay, lang: Lang): string {
  if (!jalaliOrNull(iso) || Math.abs(daysBetween(today, iso)) <= 1) return formatRelativeDay(iso, today, lang)
  return `${WEEKDAY_NAMES[lang][weekday(iso)]} ${dateNear(iso, today, lang)}`
}

function nearDay(iso: IsoDay, today: IsoDay, lang: Lang): string | null {
  if (!jalaliOrNull(iso)) return null
  const words = NEAR_DAYS[lang]
  const n = daysBetween(today, iso)
  if (Math.abs(n) > 6) return null
  if (n === 0) return words.today
  if (Math.abs(n) === 1) return n > 0 ? words.tomorrow : words.yesterday
  return localDigits((n > 0 ? words.ahead : words.ago).replace('{n}', String(Math.abs(n))), lang)
}

function dateNear(iso: IsoDay, today: IsoDay, lang: Lang): string {
  const day = jalaliOrNull(iso)
  return day && day.jy === jalaliOrNull(today)?.jy ? dayMonth(day, lang) : formatDay(iso, lang, 'short')
}

/** «۱۴:۲۰» in Tehran. */
export function formatTime(epochMs: number, lang: Lang, zone?: string): string {
  return localDigits(wallTime(epochMs, zone).time, lang)
}

/** «دیروز ۱۴:۲۰», «۱ مهر، ۱۴:۲۰», «۱ مهر ۱۴۰۴، ۱۴:۲۰». */
export function formatDateTime(epochMs: number, nowMs: number, lang: Lang, zone?: string): string {
  const day = wallTime(epochMs, zone).day
  const today = wallTime(nowMs, zone).day
  const time = formatTime(epochMs, lang, zone)
  const near = nearDay(day, today, lang)
  return near ? `${near} ${time}` : `${dateNear(day, today, lang)}${lang === 'fa' ? '،' : ','} ${time}`
}
