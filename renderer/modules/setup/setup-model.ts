import { formatDay, formatTime, type Lang } from '../../../shared/domain/format.ts'
import { wallTime } from '../../../shared/domain/jalali.ts'
import type { Outputs } from '../../api/client.ts'

export type Found = Outputs['setup']['copies'][number]

/** «جمعه ۲۹ آبان ۱۴۰۵، ۱۱:۳۷»: which copy it is decides what comes back, so the whole date is written. */
export function whenMade(at: number, language: Lang): string {
  const comma = language === 'fa' ? '،' : ','
  return `${formatDay(wallTime(at).day, language, 'long')}${comma} ${formatTime(at, language)}`
}
