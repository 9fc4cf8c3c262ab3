import { type Host, nodeHost } from '../../server/host.ts'
import type { AppOptions } from '../../server/make-app.ts'
import { makeApp } from '../../server/make-app.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { pgStore } from '../../server/store/pg.ts'
import { pgliteStore } from '../../server/store/pglite.ts'
import type { Store } from '../../server/store/store.ts'
import { havePostgres, type Postgres, startPostgres } from '../support/postgres.ts'

export interface StoreUnderTest {
  name: string
  missing: boolean
  open(): Promise<{ store: Store; end(): Promise<void> }>
}

let postgres: Postgres | null = null

/** The three Stores. The suite that is written for one holds for all. */
export const STORES: StoreUnderTest[] = [
  {
    name: 'in memory',
    missing: false,
    open: async () => ({ store: memoryStore(), end: async () => {} }),
  },
  {
    name: 'PGlite',
    missing: false,
    async open() {
      const store = await pgliteStore()
      return { store, end: () => store.close() }
    },
  },
  {
    name: havePostgres() ? 'PostgreSQL' : 'PostgreSQL (not found on this computer: not tested)',
    missing: !havePostgres(),
    async open() {
      const own = await startPostgres()
      postgres = own
      const store = await pgStore({ url: await own.database() })
      return {
        store,
        async end() {
          await store.close()
          await own.stop()
          postgres = null
        },
      }
    },
  },
]

/** A further connection to the PostgreSQL that is running. */
export const anotherDatabase = async (): Promise<string> => postgres!.database()

export interface TestClock {
  now: number
}
export async function testApp(store: Store, options: AppOptions = {}) {
  const clock: TestClock = { now: Date.UTC(2026, 10, 22) }
  const logged: { event: string; facts?: Record<string, unknown> }[] = []
  const host: Host = {
    ...nodeHost((event, facts) => logged.push(facts ? { event, facts } : { event })),
    now: () => clock.now,
  }
  const app = await makeApp(host, store, options)
  return { app, clock, logged, now: () => clock.now }
}
