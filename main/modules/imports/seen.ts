import { hash53 } from '../../../shared/domain/text-hash.ts'
import { type Candidate, isContradicted, type Likeness, type Why } from './likeness.ts'

/** Strongest first, each with the mark its keys begin with. */
const KINDS: ReadonlyArray<readonly [Why, (row: Likeness) => readonly string[]]> = [
  ['national_id', (r) => (r.national_id ? [`n${r.national_id}`] : [])],
  ['company_id', (r) => (r.company_id ? [`c${r.company_id}`] : [])],
  ['phone', (r) => r.phones.map((n) => `p${n}`)],
  ['email', (r) => r.emails.map((e) => `e${e}`)],
  ['name_city', (r) => (r.name_city ? [`a${r.name_city.join('\n')}`] : [])],
]
const ORDER: readonly Why[] = KINDS.map(([why]) => why)
/** Both strongest first. */
export const isStronger = (why: readonly Why[], than: readonly Why[]): boolean =>
  ORDER.indexOf(why[0]!) < ORDER.indexOf(than[0]!)

/**
 * Rows of a file that came before: is this one of them again? Holds numbers only, as a file may have a million rows; what tells two apart
 * is asked for (`other`) where two share something.
 */
export class SeenRows {
  readonly #first = new Map<number, number>()
  /** The keys of the row that was looked for last: it is mostly the next to be added. */
  #last: { row: Likeness; keys: Array<readonly [Why, number]> } | null = null

  find(row: Likeness, other: (index: number) => Candidate): { index: number; why: Why[] } | undefined {
    let index: number | undefined
    const why: Why[] = []
    for (const [kind, key] of this.#keysOf(row)) {
      const at = this.#first.get(key)
      if (at === undefined || (index !== undefined && at !== index) || why.includes(kind)) continue
      if (isContradicted(kind, row, other(at))) continue
      index = at
      why.push(kind)
    }
    return index === undefined ? undefined : { index, why }
  }

  add(row: Likeness, index: number): void {
    for (const [, key] of this.#keysOf(row)) if (!this.#first.has(key)) this.#first.set(key, index)
  }

  #keysOf(row: Likeness): ReadonlyArray<readonly [Why, number]> {
    if (this.#last?.row !== row) {
      const keys = KINDS.flatMap(([kind, keysOf]) => keysOf(row).map((key) => [kind, hash53(key)] as const))
      this.#last = { row, keys }
    }
    return this.#last.keys
  }
}
