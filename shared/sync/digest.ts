/**
 * Independent check that a replica and the server hold the same rows (SYNC.md 8, R12): per 1/256 of the ids the sum, exclusive-or, of a
 * hash over (id, seq). 32-bit FNV-1a: it has to notice holes, not attackers.
 */
export function addToDigest(sums: number[], row: string, seq: number): void {
  let hash = 0x811c9dc5
  const text = `${row}:${seq}`
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  const bucket = digestBucket(row)
  sums[bucket] = ((sums[bucket] ?? 0) ^ hash) >>> 0
}

/** UUIDv7 begins with the time, so the last byte spreads. */
export const digestBucket = (row: string): number => Number.parseInt(row.slice(-2), 16)

export const emptyDigest = (): number[] => new Array<number>(256).fill(0)
