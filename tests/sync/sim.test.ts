import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pgRunner } from '../../server/store/pg.ts'
import { pgliteRunner } from '../../server/store/pglite.ts'
import type { Runner } from '../../server/store/session.ts'
import { havePostgres, type Postgres, startPostgres } from '../support/postgres.ts'
import { bookClients } from './sim/book-client.ts'
import type { Clients } from './sim/client.ts'
import { modelClients } from './sim/model-client.ts'
import { type Outcome, planOf, report, run, shortPlan, shrink } from './sim/run.ts'
import { sqlSims } from './sim/sql-store.ts'
import { memorySim } from './sim/stores.ts'
import type { SimStore } from './sim/world.ts'

/** More, and others: npm run sim -- --seeds N --from SEED --store pg */
const MINUTES = 10 * 60_000
/** A real book takes ten times as long as the model; the same world tries both. */
const REAL = 40
/** These broke it once. */
const BROKE = [14, 112, 1097]
const model = modelClients()

async function seeds(
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

describe('devices apart, bad networks, wrong clocks, crashes, restores: every invariant holds', () => {
  test('the real client on real books, in memory', { timeout: MINUTES }, async () => {
    const clients = await bookClients()
    for (const seed of BROKE) await seeds(seed, 1, memorySim, clients)
    const facts = await seeds(113, REAL, memorySim, clients)
    expect(facts.conflicts).toBeGreaterThan(REAL)
    expect(facts.epochs).toBeGreaterThan(3)
    expect(facts.refused).toBeGreaterThan(3)
  })

  test.each([0, 500, 1000, 1500])('the model, in memory, seeds from %i', { timeout: MINUTES }, async (from) => {
    const facts = await seeds(from, 500, memorySim, model)
    // A simulation in which nothing happens would hold everything.
    expect(facts.conflicts).toBeGreaterThan(1_000)
    expect(facts.epochs).toBeGreaterThan(50)
    expect(facts.refused).toBeGreaterThan(50)
  })

  describe('on PGlite', () => {
    let runner: Runner
    beforeAll(async () => {
      runner = await pgliteRunner()
    })
    afterAll(() => runner?.close())
    test('60 seeds', { timeout: MINUTES }, async () => {
      expect((await seeds(5_000, 60, await sqlSims(runner), model, shortPlan)).conflicts).toBeGreaterThan(60)
    })
  })

  describe.skipIf(!havePostgres())(
    havePostgres() ? 'on PostgreSQL' : 'on PostgreSQL (not found on this computer: not tested)',
    () => {
      let postgres: Postgres
      let runner: Runner
      beforeAll(async () => {
        postgres = await startPostgres()
        runner = pgRunner({ url: await postgres.database() })
      })
      afterAll(async () => {
        await runner?.close()
        await postgres?.stop()
      })
      test('20 seeds', { timeout: MINUTES }, async () => {
        expect((await seeds(6_000, 20, await sqlSims(runner), model, shortPlan)).conflicts).toBeGreaterThan(15)
      })
    },
  )
})

test.each(['model', 'real'])('the same seed is the same run: %s', async (kind) => {
  const clients = kind === 'model' ? model : await bookClients()
  const [one, two] = [await run(planOf(77), memorySim(), clients), await run(planOf(77), memorySim(), clients)]
  expect(two.trace).toEqual(one.trace)
})
