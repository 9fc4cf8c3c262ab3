import { hash53 } from '../../../shared/domain/text-hash.ts'

/**
 * Blocking: who shares a key is compared, nobody else. Keys are kept as numbers (a hash and the customer's pk in one double), so that twelve
 * million of them fit into 100 MB and are sorted by the machine's own sort.
 */
export class Blocks {
  #items = new Float64Array(1 << 16)
  #size = 0
  readonly #shift: number
  readonly #hashes: number

  /** @param highest largest pk there is; up to 2^26 */
  constructor(highest: number) {
    this.#shift = 2 ** Math.ceil(Math.log2(highest + 2))
    this.#hashes = 2 ** 53 / this.#shift
  }

  get size(): number {
    return this.#size
  }

  add(key: string, pk: number): void {
    if (this.#size === this.#items.length) {
      const more = new Float64Array(this.#size * 2)
      more.set(this.#items)
      this.#items = more
    }
    this.#items[this.#size++] = (hash53(key) % this.#hashes) * this.#shift + pk
  }

  /** Each block of two and more, pks growing; those above `most` are left out and counted: comparing all of them would take for ever and say little. */
  forEach(most: number, run: (pks: readonly number[]) => void): { leftOut: number } {
    const sorted = this.#items.subarray(0, this.#size).sort()
    let leftOut = 0
    let block: number[] = []
    let at = -1
    const end = () => {
      if (block.length > most) leftOut++
      else if (block.length > 1) run(block)
    }
    for (const item of sorted) {
      const key = Math.floor(item / this.#shift)
      const pk = item - key * this.#shift
      if (key !== at) {
        end()
        at = key
        block = [pk]
      } else if (block.at(-1) !== pk) block.push(pk)
    }
    end()
    return { leftOut }
  }
}

/** Pairs of pks, each once. */
export class Pairs {
  #items = new Float64Array(1 << 12)
  #size = 0
  readonly #shift = 2 ** 26

  add(a: number, b: number): void {
    if (this.#size === this.#items.length) {
      this.#tidy()
      if (this.#size > this.#items.length / 2) {
        const more = new Float64Array(this.#items.length * 2)
        more.set(this.#items)
        this.#items = more
      }
    }
    this.#items[this.#size++] = Math.min(a, b) * this.#shift + Math.max(a, b)
  }

  /** Every two of a block. */
  addAll(pks: readonly number[]): void {
    for (let i = 0; i < pks.length; i++) for (let j = i + 1; j < pks.length; j++) this.add(pks[i]!, pks[j]!)
  }

  /** How many there are; sorts. */
  count(): number {
    this.#tidy()
    return this.#size
  }

  *[Symbol.iterator](): Generator<[a: number, b: number]> {
    this.#tidy()
    for (let i = 0; i < this.#size; i++) {
      const item = this.#items[i]!
      const a = Math.floor(item / this.#shift)
      yield [a, item - a * this.#shift]
    }
  }

  /** Sorted, and each once. */
  #tidy(): void {
    const items = this.#items.subarray(0, this.#size).sort()
    let size = 0
    for (const item of items) if (size === 0 || items[size - 1] !== item) items[size++] = item
    this.#size = size
  }
}
