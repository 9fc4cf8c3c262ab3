import type { Clients } from './client.ts'
import { type Outcome, planOf, report, run, shrink } from './run.ts'
import type { SimStore } from './world.ts'

/** More, and others: npm run sim -- --seeds N --from SEED --store pg */
export const MINUTES = 10 * 60_000

/** Runs them one after another and sums what happened; throws the shrunk trace of the first that breaks an invariant. */
export async function seeds(
  from: number,
  count: number,
  next: () => SimStore | Promise<SimStore>,
  clients: Clients,
  plan = planOf,
): Promise<Outcome['facts']> {
  const sum: Outcome['facts'] = { ops: 0, conflicts: 0, refused: 0, epochs: 0, sites: 0, events: 0 }
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await run(plan(seed), await next(), clients)
    if (outcome.wrong.length > 0)
      throw new Error(report(await shrink(outcome, async (plan) => run(plan, await next(), clients))))
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += outcome.facts[key]
  }
  return sum
}
