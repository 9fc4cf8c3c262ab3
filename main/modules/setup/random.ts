/** A repeatable stream of chance: the same seed gives the same people on every machine (mulberry32). */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** min ≤ n ≤ max, whole. */
  int(min: number, max: number): number
  chance(p: number): boolean
  pick<T>(list: readonly T[]): T
  /** Early members of a list more often, as names are in a population (about Zipf's law). */
  common<T>(list: readonly T[]): T
  /** `count` digits. */
  digits(count: number): string
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    int,
    chance: (p) => next() < p,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    common: (list) => list[Math.floor(list.length * next() ** 2.2)]!,
    digits(count) {
      let s = ''
      while (s.length < count) s += int(0, 9)
      return s
    },
  }
}
