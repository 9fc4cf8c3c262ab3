import type { DuplicatePair } from '../../../shared/contract/duplicates.ts'
import type { Tone } from '../../ui/tones.ts'

/** How sure a score is, in three words: i18n key `duplicates:sure.<key>`. */
export const sureOf = (score: number): { key: 'nearly' | 'likely' | 'maybe'; tone: Tone } =>
  score >= 80
    ? { key: 'nearly', tone: 'accent' }
    : score >= 55
      ? { key: 'likely', tone: 'ok' }
      : { key: 'maybe', tone: 'neutral' }

export const keyOf = ({ a, b }: DuplicatePair): string => `${a.id} ${b.id}`

/** Pages one after the other; a pair that slipped onto a second page, because one before it went, is shown once. */
export function pairsOf(pages: ReadonlyArray<{ pairs: DuplicatePair[] }>): DuplicatePair[] {
  const known = new Map(pages.flatMap(({ pairs }) => pairs).map((pair) => [keyOf(pair), pair]))
  return [...known.values()]
}

/** The address of the side-by-side page; `fromList`: its way back leads to the list of duplicates. */
export const mergePath = (ids: readonly string[], fromList = false): string =>
  `/duplicates/merge?ids=${ids.join('.')}${fromList ? '&back=duplicates' : ''}`
