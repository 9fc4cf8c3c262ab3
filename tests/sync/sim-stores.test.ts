import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pgRunner } from '../../server/store/pg.ts'
import { pgliteRunner } from '../../server/store/pglite.ts'
import type { Runner } from '../../server/store/session.ts'
import { havePostgres, type Postgres, startPostgres } from '../support/postgres.ts'
import { bookClients } from './sim/book-client.ts'
import { modelClients } from './sim/model-client.ts'
import { shortPlan } from './sim/run.ts'
import { MINUTES, seeds } from './sim/seeds.ts'
import { sqlSims } from './sim/sql-store.ts'

/** The invariants of sim-model.test.ts, with the server on a database. */
const model = modelClients()

describe('on PGlite', () => {
  let runner: Runner
  beforeAll(async () => {
    runner = await pgliteRunner()
  })
  afterAll(() => runner?.close())
  test('60 seeds', { timeout: MINUTES }, async () => {
    expect((await seeds(5_000, 60, await sqlSims(runner), model, shortPlan)).conflicts).toBeGreaterThan(30)
  })
  test('8 seeds with the real client', { timeout: MINUTES }, async () => {
    expect((await seeds(5_000, 8, await sqlSims(runner), await bookClients(), shortPlan)).ops).toBeGreaterThan(100)
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
      expect((await seeds(6_000, 20, await sqlSims(runner), model, shortPlan)).conflicts).toBeGreaterThan(8)
    })
    test('20 seeds with the real client', { timeout: MINUTES }, async () => {
      expect((await seeds(6_000, 20, await sqlSims(runner), await bookClients(), shortPlan)).conflicts).toBeGreaterThan(
        8,
      )
    })
  },
)
