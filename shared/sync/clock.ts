/**
 * HLC53 (SYNC.md 4): a hybrid logical clock in one JS-safe integer, 41 bits of milliseconds since 2024-01-01T00:00Z (to 2093) times
 * 4096 plus a 12-bit counter. One tick a transaction. It only breaks ties between truly concurrent writes, so nothing here ever
 * throws or refuses: a wrong clock of a PC must not stop work.
 */
export const HLC_EPOCH = Date.UTC(2024, 0, 1)
const COUNTER = 4096
const MAX_MS = 2 ** 41 - 1

/** The stamp of an instant (epoch ms), counter 0; instants before 2024 or after 2093 are held at the ends. */
export function hlcAt(ms: number): number {
  const since = Math.floor(ms) - HLC_EPOCH
  if (!(since > 0)) return 0
  return Math.min(since, MAX_MS) * COUNTER
}

/** The next stamp: greater than `last`, and not behind the wall clock. `offset` (ms) corrects the clock of this PC. Overflow of the counter carries into ms. */
export function tick(last: number, now: number, offset = 0): number {
  return Math.max(last + 1, hlcAt(now + offset))
}

/** After a stamp of another device was seen, the next tick is greater than it. */
export function receive(last: number, remote: number): number {
  return Math.max(last, remote)
}

/** Epoch ms and counter of a stamp. */
export function readHlc(stamp: number): { ms: number; counter: number } {
  return { ms: Math.floor(stamp / COUNTER) + HLC_EPOCH, counter: stamp % COUNTER }
}
