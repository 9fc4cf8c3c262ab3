import { Busy, Full, NoTenant } from './store.ts'

export type Outcome = { value: unknown } | { error: unknown }
interface Turn<R> {
  readonly run: R
  settle(outcome: Outcome): void
}

/** How many go into one transaction at most. */
const TOGETHER = 16

/**
 * Writers of one tenant wait for each other anyway: its lock is one row. So they wait here instead of in connections, and all who wait when one is done go
 * together, one after the other in one transaction, which is one lock and one commit for all. `go` gives an outcome for each that had its turn, from the
 * first on (there may be fewer than asked for), or throws when none of them has happened: then each goes alone, so that nobody fails for another.
 */
export function inTurns<R>(
  go: (tenant: string, runs: readonly R[]) => Promise<Outcome[]>,
): (tenant: string, run: R) => Promise<unknown> {
  const waiting = new Map<string, Turn<R>[]>()

  async function attempt(tenant: string, runs: readonly R[]): Promise<Outcome[] | null> {
    try {
      return await go(tenant, runs)
    } catch (error) {
      const everybody = error instanceof Busy || error instanceof Full || error instanceof NoTenant
      return everybody || runs.length === 1 ? runs.map(() => ({ error })) : null
    }
  }
  async function work(tenant: string, queue: Turn<R>[]): Promise<void> {
    let together = TOGETHER
    while (queue.length > 0) {
      const some = queue.slice(0, together)
      const outcomes = await attempt(
        tenant,
        some.map((turn) => turn.run),
      )
      together = outcomes ? TOGETHER : 1
      queue.splice(0, outcomes?.length ?? 0)
      for (const [i, outcome] of outcomes?.entries() ?? []) some[i]!.settle(outcome)
    }
    waiting.delete(tenant)
  }
  return (tenant, run) =>
    new Promise((resolve, reject) => {
      const settle = (outcome: Outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.value))
      const queue = waiting.get(tenant)
      if (queue) queue.push({ run, settle })
      else {
        const own = [{ run, settle }]
        waiting.set(tenant, own)
        void work(tenant, own)
      }
    })
}
