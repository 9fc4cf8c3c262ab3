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

/** Pages that the side-by-side page goes back to. */
const BACK = ['duplicates', 'sync'] as const

/** The address of the side-by-side page. @param back where its way back leads, if not to the customer */
export const mergePath = (ids: readonly string[], back?: (typeof BACK)[number]): string =>
  `/duplicates/merge?ids=${ids.join('.')}${back ? `&back=${back}` : ''}`

/** The address it goes back to by what its own says; null: to the customer. */
export const backPath = (back: string | undefined): string | null =>
  BACK.some((one) => one === back) ? `/${back}` : null
