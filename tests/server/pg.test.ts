import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../server/app.ts'
import { newBusiness, ownerInvite } from '../../server/business.ts'
import { pgRunner } from '../../server/store/pg.ts'
import type { Runner } from '../../server/store/session.ts'
import { sqlStore } from '../../server/store/sql.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { havePostgres, type Postgres, startPostgres } from '../support/postgres.ts'
import { type Device, device, type Refused, straight } from './device.ts'
import { testApp } from './stores.ts'

const missing = !havePostgres()

describe.skipIf(missing)(`a journey to PostgreSQL${missing ? ' (not found on this computer: not tested)' : ''}`, () => {
  let postgres: Postgres
  let runner: Runner
  beforeAll(async () => {
    postgres = await startPostgres()
    runner = pgRunner({ url: await postgres.database(), connections: 1 })
    await runner.transaction(({ exec }) => exec('CREATE TABLE one (n bigint PRIMARY KEY, t text)'))
  }, 60_000)
  afterAll(async () => {
    await runner?.close()
    await postgres?.stop()
  })

  const add = (n: number, t: string | null = null) => ['INSERT INTO one VALUES ($1, $2)', [n, t]] as const
  const all = () => runner.transaction(({ query }) => query('SELECT n, t FROM one ORDER BY n'))

  test('what is asked later goes with the next question, and each gets its own rows', async () => {
    await runner.transaction(async ({ later, query }) => {
      const first = later('SELECT 1 AS a, NULL AS b')
      void later(...add(1, 'سلام'))
      expect(await query('SELECT n AS c FROM one')).toEqual([{ c: 1 }])
      expect(await first).toEqual([{ a: 1, b: null }])
      void later(...add(9_007_199_254_740_991))
    })
    expect(await all()).toEqual([
      { n: 1, t: 'سلام' },
      { n: 9_007_199_254_740_991, t: null },
    ])
  })

  test('one that fails half way leaves nothing, is told at the commit, and the connection is as good as before', async () => {
    const before = await all()
    const fails = runner.transaction(async ({ later }) => {
      void later(...add(2))
      void later(...add(1))
      void later('UPDATE one SET t = $1', ['never parsed'])
    })
    await expect(fails).rejects.toThrow('one_pkey')
    expect(await all()).toEqual(before)
    // The statement after the one that failed did not get there; now it does.
    await runner.transaction(async ({ later }) => {
      void later('UPDATE one SET t = $1', ['x'])
      void later(...add(3, 'x'))
    })
    expect(await all()).toHaveLength(before.length + 1)
    await expect(runner.transaction(async () => Promise.reject(new Error('before anything')))).rejects.toThrow('before')
    expect(await all()).toHaveLength(before.length + 1)
  })
})

describe.skipIf(missing)('two processes of the server on one database', () => {
  let postgres: Postgres
  let runners: Runner[]
  let apps: App[]
  let now: () => number
  beforeAll(async () => {
    postgres = await startPostgres()
    const url = await postgres.database()
    runners = [1, 2].map(() => pgRunner({ url, connections: 2 }))
    apps = []
    for (const runner of runners) {
      const made = await testApp(await sqlStore(runner))
      apps.push(made.app)
      now = made.now
    }
  }, 60_000)
  afterAll(async () => {
    for (const runner of runners ?? []) await runner.close()
    await postgres?.stop()
  })

  const push = (d: Device) =>
    d.push([{ f: { 12: ['علی'] } }]).then(
      ({ s1 }) => s1,
      (error: Refused) => error.reply.error,
    )

  test('what one remembers of a business holds no longer than the other, or somebody by hand, leaves it as it is', async () => {
    const [here, there] = apps as [App, App]
    const { tenant, code } = await newBusiness(here, 60_000)
    const [a, b] = [device(straight(here), now), device(straight(there), now)]
    await a.register(code)
    await b.register(await ownerInvite(there, tenant, 60_000))
    expect([await push(a), await push(b), await push(a), await push(a)]).toEqual([1, 2, 3, 4])
    // The head, and who may write.
    expect(await push(b)).toBe(5)
    const rights = (scopes: string) =>
      runners[0]!.transaction(({ query }) =>
        query('UPDATE member SET scopes = $2 WHERE tenant = $1 AND user_id = $3', [tenant, scopes, a.user]),
      )
    await rights('[]')
    expect((await a.push([{ f: { 12: ['علی'] } }])).verdicts).toMatchObject([[4, 'forbidden']])
    await rights('[[-1,3]]')
    expect((await a.push([{ f: { 12: ['علی'] } }])).verdicts).toEqual([])
    await b.ask(PATH.revoke, { device: a.id })
    expect(await push(a)).toBe('revoked')
    expect(await push(b)).toBe(8)
  })
})
