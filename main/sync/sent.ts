import type { Ctx } from '../engine/context.ts'

/** A batch that arrived (sync_sent). */
export interface Sent {
  first: number
  last: number
  hash: string
  head: number
  ranges: string
}

const seqsOf = (list: readonly [number, number][]): number[] =>
  list.flatMap(([first, count]) => Array.from({ length: count }, (_, i) => first + i))

/** Lines of the log whose own numbers at a site are above `last` and not above `upTo`, in their order. */
export function sentBetween(ctx: Pick<Ctx, 'db'>, site: string, last: number, upTo: number): number[] {
  const rows = ctx.db
    .prepare('SELECT first, last, hash, head, ranges FROM sync_sent WHERE site = ? AND last > ? ORDER BY first')
    .all(site, last)
  return (rows as Sent[]).flatMap(({ first, ranges }) =>
    seqsOf(JSON.parse(ranges) as [number, number][]).filter((_, i) => first + i > last && first + i <= upTo),
  )
}
