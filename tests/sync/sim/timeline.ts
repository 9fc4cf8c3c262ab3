/** Virtual time: what is to happen happens in its order, one thing after the other, and nothing really waits. */
export interface Timeline {
  now(): number
  in(ms: number, what: () => unknown): void
  /** Until nothing is left to happen, or `until`. */
  run(until?: number): Promise<void>
  steps(): number
}

export function timeline(start: number): Timeline {
  let now = start
  let order = 0
  let steps = 0
  // A heap would be quicker from some thousand entries on; here there are dozens.
  const queue: { at: number; order: number; what: () => unknown }[] = []
  return {
    now: () => now,
    steps: () => steps,
    in(ms, what) {
      const item = { at: now + ms, order: order++, what }
      let i = queue.length
      while (
        i > 0 &&
        (queue[i - 1]!.at < item.at || (queue[i - 1]!.at === item.at && queue[i - 1]!.order < item.order))
      )
        i--
      queue.splice(i, 0, item)
    },
    async run(until = Number.POSITIVE_INFINITY) {
      for (;;) {
        const next = queue.at(-1)
        if (!next || next.at > until) break
        queue.pop()
        now = Math.max(now, next.at)
        steps++
        await next.what()
        // What the event set in motion comes to rest before the next: promises only, unless the store is a real database.
        await new Promise((rest) => setImmediate(rest))
      }
      if (until !== Number.POSITIVE_INFINITY) now = Math.max(now, until)
    },
  }
}
