import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pgRunner } from '../../server/store/pg.ts'
import type { Runner } from '../../server/store/session.ts'
import { havePostgres, type Postgres, startPostgres } from '../support/postgres.ts'

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
