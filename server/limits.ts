/** How often: a bucket of `burst` that fills up again at `perMinute`. */
export interface Rate {
  readonly perMinute: number
  readonly burst: number
}

export const RATES = {
  /** Guessing a code of 50 bits at this rate takes longer than there will be computers. */
  register: { perMinute: 10, burst: 20 },
  token: { perMinute: 30, burst: 60 },
  /** By address: whoever comes without a token that is good. */
  stranger: { perMinute: 120, burst: 240 },
  device: { perMinute: 1_200, burst: 600 },
  tenant: { perMinute: 12_000, burst: 6_000 },
} as const satisfies Record<string, Rate>

export interface Limits {
  /** Seconds to wait, or 0: taken. */
  take(kind: keyof typeof RATES, who: string): number
}

const MAX_KEYS = 100_000

export function limits(now: () => number, rates: Record<keyof typeof RATES, Rate> = RATES): Limits {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(kind, who) {
      const { perMinute, burst } = rates[kind]
      const key = `${kind} ${who}`
      const time = now()
      const bucket = buckets.get(key) ?? { left: burst, at: time }
      const left = Math.min(burst, bucket.left + (Math.max(0, time - bucket.at) * perMinute) / 60_000)
      buckets.delete(key)
      // The oldest go first: a Map keeps the order in which keys were used.
      if (buckets.size >= MAX_KEYS) buckets.delete(buckets.keys().next().value!)
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: time })
      return left >= 1 ? 0 : Math.ceil(((1 - left) / perMinute) * 60)
    },
  }
}
