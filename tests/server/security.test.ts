import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ACCESS_SECONDS } from '../../server/access.ts'
import type { App } from '../../server/app.ts'
import { newBusiness } from '../../server/business.ts'
import { handle } from '../../server/handle.ts'
import { INVITE_MS } from '../../server/invites.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { pgRunner } from '../../server/store/pg.ts'
import { pgliteRunner } from '../../server/store/pglite.ts'
import type { Runner } from '../../server/store/session.ts'
import { sqlStore } from '../../server/store/sql.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { havePostgres, startPostgres } from '../support/postgres.ts'
import { runs } from '../sync/cases.ts'
import { type Device, device, Refused, straight } from './device.ts'
import { type TestClock, testApp } from './stores.ts'

const NAME = 12
let app: App
let clock: TestClock
let now: () => number
let logged: { event: string }[]
let owner: Device
let tenant: string

beforeEach(async () => {
  ;({ app, clock, now, logged } = await testApp(memoryStore()))
  const business = await newBusiness(app, 60_000)
  tenant = business.tenant
  owner = device(straight(app), now)
  await owner.register(business.code)
})

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'was done',
    (error) => (error instanceof Refused ? error.reply : String(error)),
  )
async function staff(): Promise<Device> {
  const one = device(straight(app), now)
  const { code } = await owner.ask<{ code: string }>(PATH.invite, { user: one.user, role: 'seller', scopes: [[1, 3]] })
  await one.register(code)
  return one
}

describe('an invite', () => {
  test('is good once, in time, and for its business; the same device asking again gets the same answer', async () => {
    const invite = () => owner.ask<{ code: string }>(PATH.invite, { user: null, role: 'seller', scopes: null })
    const { code } = await invite()
    const one = device(straight(app), now)
    const request = one.registration(code)
    const first = await one.call<{ user: string }>(PATH.register, request)
    expect(await one.call(PATH.register, request)).toMatchObject({ tenant, user: first.user, role: 'seller' })
    expect(await refused(device(straight(app), now).register(code))).toMatchObject({ error: 'bad_invite' })

    const late = await invite()
    clock.now += INVITE_MS + 1
    expect(await refused(device(straight(app), now).register(late.code))).toMatchObject({ error: 'bad_invite' })
    await owner.renew()
    const typed = (await invite()).code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
    const elsewhere = device(straight(app), now)
    elsewhere.tenant = randomUUID()
    const spelled = `${typed.slice(0, 5)}-${typed.slice(5)} `
    expect(await refused(elsewhere.register(spelled))).toMatchObject({ error: 'other_tenant' })
    elsewhere.tenant = ''
    await elsewhere.register(spelled)
  })

  test('for anybody does not let somebody in as the owner', async () => {
    const { code } = await owner.ask<{ code: string }>(PATH.invite, { user: null, role: 'seller', scopes: null })
    const thief = device(straight(app), now)
    thief.user = owner.user
    expect(await refused(thief.register(code))).toMatchObject({ error: 'bad_invite', why: 'user' })
  })

  test('is made, and devices are revoked, members changed, customers moved, by the owner only', async () => {
    const one = await staff()
    const asks: [string, object][] = [
      [PATH.invite, { user: null, role: 'owner', scopes: null }],
      [PATH.revoke, { device: owner.id }],
      [PATH.rename, { device: owner.id, name: 'x' }],
      [PATH.member, { user: one.user, role: 'owner', scopes: [[-1, 3]] }],
      [PATH.members, {}],
      [PATH.move, { roots: [randomUUID()], scope: 1 }],
    ]
    for (const [path, body] of asks)
      expect(await refused(one.ask(path, body)), path).toMatchObject({ error: 'forbidden' })
  })

  test('needs the key that the device says it has', async () => {
    const { code } = await owner.ask<{ code: string }>(PATH.invite, { user: null, role: 'seller', scopes: null })
    const one = device(straight(app), now)
    const request = { ...one.registration(code), site: randomUUID() }
    expect(await refused(one.call(PATH.register, request))).toMatchObject({ error: 'bad_request', why: 'signature' })
  })
})

describe('tokens', () => {
  test('an access token ends by itself, and a word of it changed is none', async () => {
    expect(await refused(owner.pull())).toBe('was done')
    const good = owner.access!
    for (const access of [null, '', good.slice(0, -1), good.replace(tenant, randomUUID()), `${good}x`, 'a.b.c.d']) {
      owner.access = access
      expect(await refused(owner.pull()), String(access)).toEqual({ error: 'unauthorized' })
    }
    owner.access = good
    clock.now += ACCESS_SECONDS * 1000
    expect(await refused(owner.pull())).toMatchObject({ error: 'token_expired' })
    await owner.renew()
    expect(await refused(owner.pull())).toBe('was done')
  })

  test('asking for a new one again, after a lost answer, is no theft', async () => {
    const next = randomBytes(32).toString('hex')
    const request = owner.renewal(next)
    await owner.call(PATH.token, request)
    clock.now += 86_400_000
    await owner.call(PATH.token, request)
    Object.assign(owner, { refresh: next, gen: 1 })
    await owner.renew()
  })

  test('a request that was answered long ago and comes once more is refused, and harms nobody', async () => {
    const one = await staff()
    const next = randomBytes(32).toString('hex')
    const old = one.renewal(next)
    await one.call(PATH.token, old)
    Object.assign(one, { refresh: next, gen: 1 })
    for (let i = 0; i < 3; i++) {
      await one.renew()
      expect(await refused(one.call(PATH.token, old))).toEqual({ error: 'unauthorized' })
    }
    expect(await refused(one.pull())).toBe('was done')
  })

  test('a device was seen when it last pushed or pulled, to the minute, and that is written no more than once in one', async () => {
    const seen = async () => {
      const { devices } = await owner.ask<{ devices: { device: string; seen: number }[] }>(PATH.devices)
      return devices.find((d) => d.device === one.id)!.seen
    }
    const one = await staff()
    await one.pull()
    const first = await seen()
    clock.now += 59_000
    await one.pull()
    expect(await seen()).toBe(first)
    clock.now += 2_000
    await one.pull()
    expect(await seen()).toBe(first + 61_000)
    clock.now += 60_000
    await one.push([{ f: { [NAME]: ['x'] } }])
    expect(await seen()).toBe(first + 121_000)
  })

  test('an older refresh token at work puts the device out, the thief and the owner of it', async () => {
    const one = await staff()
    const stolen = one.renewal('thief'.repeat(9))
    await one.renew()
    await one.renew()
    expect(await refused(one.call(PATH.token, stolen))).toEqual({ error: 'revoked', why: 'reuse' })
    expect(await refused(one.pull())).toMatchObject({ error: 'revoked', why: 'reuse' })
    expect(await refused(one.renew())).toMatchObject({ error: 'revoked' })
    expect(logged.map((l) => l.event)).toContain('token.reuse')
  })

  test('the present token with another next, after it was used up, is a copy', async () => {
    const one = await staff()
    const copy = one.renewal('thief'.repeat(9))
    await one.renew()
    expect(await refused(one.call(PATH.token, copy))).toMatchObject({ error: 'revoked' })
  })

  test('without the key of the device a token is worth nothing, and puts nobody out', async () => {
    const one = await staff()
    const stranger = device(straight(app), now)
    Object.assign(stranger, { tenant, gen: 0, refresh: one.refresh })
    const request = { ...stranger.renewal('x'.repeat(40)), device: one.id }
    expect(await refused(stranger.call(PATH.token, request))).toEqual({ error: 'unauthorized' })
    await one.renew()
  })

  test('after the server was put back, a device that has renewed since is known by its key', async () => {
    const store = app.store as ReturnType<typeof memoryStore>
    const backup = store.snapshot()
    for (let i = 0; i < 3; i++) await owner.renew()
    store.restore(backup)
    await owner.renew()
    await owner.renew()
    expect(await refused(owner.pull())).toBe('was done')
  })

  test('a business that is not here answers like a wrong key', async () => {
    const tenantBefore = owner.tenant
    owner.tenant = randomUUID()
    expect(await refused(owner.renew())).toEqual({ error: 'unauthorized' })
    owner.tenant = tenantBefore
  })
})

describe('a device that was revoked', () => {
  test('gets nothing more, at once, in any way', async () => {
    const one = await staff()
    await one.push([{ f: { [NAME]: ['mine'] } }])
    let cut = false
    app.hub.add(tenant, { device: one.id, say() {}, close: () => (cut = true) })
    await owner.ask(PATH.revoke, { device: one.id })
    expect(cut).toBe(true)
    const asks: [string, object][] = [
      [PATH.pull, { ...one.asker(), site: one.site, scopes: {}, authors: 0, limit: 10 }],
      [PATH.site, { site: randomUUID(), parent: one.site, fork: 1 }],
      [PATH.siteStatus, { site: one.site, after: 0, limit: 1 }],
      [PATH.devices, {}],
      [PATH.digest, { epoch: one.epoch, scope: 1 }],
      [PATH.manifest, { sv: 1, tables: [] }],
      [PATH.rename, { device: one.id, name: 'x' }],
    ]
    for (const [path, body] of asks)
      expect(await refused(one.ask(path, body)), path).toMatchObject({ error: 'revoked', why: 'owner' })
    expect(await refused(one.push([{ f: { [NAME]: ['more'] } }]))).toMatchObject({ error: 'revoked' })
    expect(await refused(one.renew())).toMatchObject({ error: 'revoked' })
  })
})

test('nobody writes as the site of another device', async () => {
  const one = await staff()
  one.site = owner.site
  expect(await refused(one.push([{ f: { [NAME]: ['forged'] } }]))).toMatchObject({ error: 'forbidden', why: 'site' })
  one.site = randomUUID()
  expect(await refused(one.push([{ f: { [NAME]: ['nowhere'] } }]))).toMatchObject({ error: 'not_found', why: 'site' })
})

/** Bodies that are nearly right are the ones that get far. */
test('whatever is sent, the answer is never an accident of the server', async () => {
  const good: [string, object][] = [
    [PATH.push, owner.batch([{ f: { [NAME]: ['x'] } }, { tbl: 2, f: { 10: [randomUUID()] } }])],
    [PATH.pull, { v: 1, tenant, ...owner.asker(), site: owner.site, scopes: { 1: 0 }, authors: 0, limit: 10 }],
    [PATH.register, owner.registration('AAAAAAAAAA')],
    [PATH.token, owner.renewal('n'.repeat(40))],
    [PATH.site, { v: 1, tenant, site: randomUUID(), parent: owner.site, fork: 0 }],
    [PATH.siteStatus, { v: 1, tenant, site: owner.site, after: 0, limit: 5 }],
    [PATH.manifest, { v: 1, tenant, sv: 1, tables: [[900, 0, [[10, 'l']]]] }],
    [PATH.digest, { v: 1, tenant, epoch: owner.epoch, scope: 1 }],
    [PATH.invite, { v: 1, tenant, user: null, role: 'seller', scopes: [[1, 3]] }],
    [PATH.devices, { v: 1, tenant }],
    [PATH.rename, { v: 1, tenant, device: owner.id, name: 'x' }],
    [PATH.revoke, { v: 1, tenant, device: randomUUID() }],
    [PATH.member, { v: 1, tenant, user: randomUUID(), role: 'seller', scopes: [[2, 1]] }],
    [PATH.move, { v: 1, tenant, roots: [randomUUID()], scope: 3 }],
  ]
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      -1,
      0,
      1.5,
      2 ** 53,
      1e308,
      -(2 ** 53),
      '',
      'x',
      null,
      true,
      [],
      {},
      '\u0000',
      '\ud800',
      '__proto__',
      'constructor',
    ),
    fc.uuid(),
    fc.constant(JSON.parse('{"__proto__":{"x":1}}')),
  )
  const spots = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
    typeof value === 'object' && value !== null
      ? [path, ...Object.entries(value).flatMap(([k, x]) => spots(x, [...path, k]))]
      : [path]
  const put = (value: unknown, path: (string | number)[], to: unknown): unknown => {
    const [first, ...rest] = path
    if (first === undefined) return to
    if (Array.isArray(value)) return value.map((x, i) => (String(i) === first ? put(x, rest, to) : x))
    return { ...(value as object), [first]: put((value as Record<string, unknown>)[first], rest, to) }
  }
  let done = 0
  await fc.assert(
    fc.asyncProperty(
      fc.nat(good.length - 1),
      fc.array(fc.tuple(fc.nat(1_000), junk), { maxLength: 3 }),
      async (which, changes) => {
        const [path, body] = good[which]!
        let sent: unknown = body
        for (const [at, value] of changes) {
          const all = spots(sent)
          sent = put(sent, all[at % all.length]!, value)
        }
        const { status, text } = await handle(app, { path, access: owner.access, body: sent })
        if (status === 200) done++
        expect(status, `${path} ${JSON.stringify(sent)}\n${JSON.stringify(logged.slice(-1))}`).not.toBe(500)
        expect(JSON.parse(text)).toBeTypeOf('object')
      },
    ),
    runs(1_500),
  )
  expect(done).toBeGreaterThan(20)
})

interface Sql {
  name: string
  missing: boolean
  open(): Promise<{ runner: Runner; end(): Promise<void> }>
}
const SQL: Sql[] = [
  {
    name: 'PGlite',
    missing: false,
    async open() {
      const runner = await pgliteRunner()
      return { runner, end: () => runner.close() }
    },
  },
  {
    name: havePostgres() ? 'PostgreSQL' : 'PostgreSQL (not found on this computer: not tested)',
    missing: !havePostgres(),
    async open() {
      const postgres = await startPostgres()
      const runner = pgRunner({ url: await postgres.database() })
      return {
        runner,
        async end() {
          await runner.close()
          await postgres.stop()
        },
      }
    },
  },
]

describe.each(SQL)('row-level security of $name', ({ open, missing }) => {
  describe.skipIf(missing)('holds', () => {
    let runner: Runner
    let end: () => Promise<void>
    beforeAll(async () => {
      ;({ runner, end } = await open())
    }, 60_000)
    afterAll(() => end?.())

    test('on every table that has a tenant, also for the owner of the tables', async () => {
      await sqlStore(runner)
      const tables = await runner.transaction(({ query }) =>
        query<{ relname: string; on: boolean }>(
          `SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS on FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant' WHERE c.relkind = 'r'`,
        ),
      )
      expect(tables.length).toBeGreaterThan(12)
      // These two say which business a code or a name belongs to; the role of requests cannot read them.
      const open = ['directory', 'invite_tenant']
      expect(
        tables
          .filter((t) => !t.on)
          .map((t) => t.relname)
          .sort(),
      ).toEqual(open)
      const readable = await runner.transaction(({ query }) =>
        query<{ ok: boolean }>(
          `SELECT bool_or(has_table_privilege('sync_app', t, 'SELECT')) AS ok FROM unnest(ARRAY['directory', 'invite_tenant', 'server_secret']) t`,
        ),
      )
      expect(readable[0]!.ok).toBe(false)
    })

    test('under one business nothing of another can be read, changed or made, whatever the statement says', async () => {
      const one = await testApp(await sqlStore(runner))
      const mine = await newBusiness(one.app, 60_000)
      const theirs = await newBusiness(one.app, 60_000)
      const them = device(straight(one.app), one.now)
      await them.register(theirs.code)
      await them.push([{ f: { [NAME]: ['canary-51'] } }])
      const as = (tenantOf: string | null, sql: string) =>
        runner.transaction(async ({ exec, query }) => {
          if (tenantOf) await exec(`SET LOCAL ROLE sync_app; SELECT set_config('app.tenant', '${tenantOf}', true)`)
          return query<{ f: string }>(sql)
        })
      const everything = "SELECT f FROM state WHERE f LIKE '%canary%'"
      // The differential: it is there, its own business sees it, and only the policy hides it from the other.
      expect(await as(theirs.tenant, everything)).toHaveLength(1)
      expect(await as(mine.tenant, everything)).toHaveLength(0)
      for (const table of ['tenant', 'device', 'member', 'site', 'author', 'op', 'state', 'batch', 'scope', 'invite']) {
        expect(await as(theirs.tenant, `SELECT 1 FROM ${table}`), table).not.toHaveLength(0)
        expect(await as(mine.tenant, `SELECT 1 FROM ${table} WHERE tenant = '${theirs.tenant}'`), table).toHaveLength(0)
      }
      expect(
        await as(mine.tenant, `UPDATE state SET f = '{}' WHERE tenant = '${theirs.tenant}' RETURNING f`),
      ).toHaveLength(0)
      await expect(as(mine.tenant, `INSERT INTO scope VALUES ('${theirs.tenant}', 9)`)).rejects.toThrow(
        /row-level security/,
      )
      await expect(as(mine.tenant, 'SELECT * FROM server_secret')).rejects.toThrow(/permission denied/)
      await expect(as(mine.tenant, 'DELETE FROM op')).rejects.toThrow(/permission denied/)
    })
  })
})
