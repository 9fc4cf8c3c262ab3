import { formatDay } from '../../../shared/domain/format.ts'
import { wallTime } from '../../../shared/domain/jalali.ts'
import { type Language, wordsOf } from './texts.ts'
import { dosTime } from './zip.ts'

/** «مشتریان-1405-09-01.xlsx»: says what and when, but not whose; Latin digits and no sign that any file system refuses. */
export function fileName(language: Language, what: 'customers' | 'everything', now: number, ending: string): string {
  const day = formatDay(wallTime(now).day, 'en', 'numeric').replaceAll('/', '-')
  return `${wordsOf(language)(`exports:file.${what}`)}-${day}.${ending}`
}

/** Business time, as everything a person reads. */
export function zipStamp(now: number): number {
  const { day, time } = wallTime(now)
  return dosTime(day, time)
}
