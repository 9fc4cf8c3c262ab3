import { hlcAt } from './clock.ts'

/** Wrong clocks never stop work (SYNC.md 4): the offset to the server is measured, and stamps that ran ahead are taken back before they are sent. */
export interface ClockSample {
  /** ms to add to this PC's clock. */
  readonly offset: number
  readonly rtt: number
}

const MAX_RTT = 2_000
const KEPT = 8
/** Above this the person is told that the clock is wrong. */
export const CLOCK_WARNING_MS = 5 * 60_000

/** t0, t3: sent and received by this PC's clock; t1, t2: received and answered by the server's. Null when the way took too long to tell. */
export function clockSample(t0: number, t1: number, t2: number, t3: number): ClockSample | null {
  const rtt = t3 - t0 - (t2 - t1)
  if (!(rtt >= 0) || rtt >= MAX_RTT) return null
  return { offset: Math.round((t1 - t0 + (t2 - t3)) / 2), rtt }
}

/** The last eight, the newest last. */
export function keepSamples(samples: readonly ClockSample[], next: ClockSample | null): ClockSample[] {
  return next ? [...samples, next].slice(-KEPT) : [...samples]
}

/** The offset of the quickest way; 0 while nothing was measured. */
export function bestOffset(samples: readonly ClockSample[]): number {
  let best: ClockSample | undefined
  for (const s of samples) if (!best || s.rtt <= best.rtt) best = s
  return best?.offset ?? 0
}

/**
 * New stamps for changes that were not sent yet, in their order, after the server said `clock_ahead`: those above its `now` go down to
 * it, still growing. A stamp is never raised: raising made replicas diverge (SYNC.md 13).
 */
export function restamp(stamps: readonly number[], serverNow: number): number[] {
  const limit = hlcAt(serverNow)
  let last = -1
  return stamps.map((h) => {
    const next = h > limit ? Math.min(h, Math.max(last + 1, limit)) : h
    last = Math.max(last, next)
    return next
  })
}
