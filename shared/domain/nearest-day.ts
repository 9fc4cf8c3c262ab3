import { fromJalali, type IsoDay, isValidJalali, toJalali } from './jalali-calendar.ts'

/** Words after a period or a weekday that mean the next one, or the one before; alternatives of a regular expression. */
export const LATER = 'دیگه|دیگر|بعد|بعدی|اینده|later'
export const EARLIER = 'پیش|قبل|قبلی|گذشته|ago'

/** The first such Jalali day from today on, within this year and the next; null when neither has it. */
export function nearestDay(today: IsoDay, dayIn: (jy: number) => readonly [number, number, number]): IsoDay | null {
  const { jy } = toJalali(today)
  for (const year of [jy, jy + 1]) {
    const [y, m, d] = dayIn(year)
    if (isValidJalali(y, m, d) && fromJalali(y, m, d) >= today) return fromJalali(y, m, d)
  }
  return null
}

/** A year as typed: 1405, 405, or 05 in the century from 80 years before to 19 after today's. */
export function fullYear(text: string, today: IsoDay): number {
  const y = Number(text)
  if (text.length >= 4) return y
  if (text.length === 3) return y + 1000
  const earliest = toJalali(today).jy - 80
  return earliest + ((((y - earliest) % 100) + 100) % 100)
}
