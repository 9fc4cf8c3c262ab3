import { type Lang, localDigits } from '../../../shared/domain/format.ts'
import { lastPart } from './backups-model.ts'

export interface CopyName {
  /** The time, as it is shown; with seconds only beside another copy of the same minute. */
  when: string
  /** For whoever does not see the row: no two copies have the same, wherever they lie. */
  label: string
}

interface Named {
  file: string
  folder: string
  at: number | null
}

/**
 * What the copies of a list are called, by file.
 * @param say the time of a copy down to the minute, which it ends with; of null, that it is not known
 */
export function copyNames(
  copies: readonly Named[],
  say: (at: number | null) => string,
  language: Lang,
): Map<string, CopyName> {
  const minutes = copies.map(({ at }) => say(at))
  const times = copies.map(({ at }, i) => {
    const isAlone = copies.every((other, j) => minutes[j] !== minutes[i] || secondOf(other.at) === secondOf(at))
    return at === null || isAlone ? minutes[i]! : `${minutes[i]}:${localDigits(secondOf(at), language)}`
  })
  return new Map(
    copies.map(({ file, folder }, i) => {
      const when = times[i]!
      const same = copies.filter((_, j) => times[j] === when)
      if (same.length === 1) return [file, { when, label: when }]
      const isThere = same.filter((other) => lastPart(other.folder) === lastPart(folder)).length > 1
      return [file, { when, label: `${when} (\u2068${lastPart(isThere ? file : folder)}\u2069)` }]
    }),
  )
}

/** «۰۷»: every zone is a whole number of minutes away. */
const secondOf = (at: number | null): string => String(Math.floor((at ?? 0) / 1000) % 60).padStart(2, '0')
