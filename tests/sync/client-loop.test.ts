import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createEngine, type Engine } from '../../main/engine/engine.ts'
import { newBusiness } from '../../server/business.ts'
import { nodeHost } from '../../server/host.ts'
import { type Listening, listen } from '../../server/http.ts'
import { makeApp } from '../../server/make-app.ts'
import { memoryStore } from '../../server/store/memory.ts'
import { firstRun } from '../support/engine.ts'
import { addParty, change, type Device, rowsOf, world } from './client-world.ts'

type World = Awaited<ReturnType<typeof world>>
let w: World | null = null
const ends: (() => unknown)[] = []
afterEach(async () => {
  w?.close()
  w = null
  for (const end of ends.splice(0).reverse()) await end()
})

const until = async (what: () => unknown) => {
  for (let i = 0; i < 400; i++) {
    if (await what()) return
    await new Promise((next) => setTimeout(next, 25))
  }
  throw new Error(`never: ${what}`)
}

function engine(): { folder: string; engine: Engine } {
  const folder = mkdtempSync(join(tmpdir(), 'daftar-sync-'))
  const made = createEngine({ folder, host: { kind: 'test' }, log: { info() {}, error() {} } })
  ends.push(() => {
    made.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { folder, engine: made }
}

test('over HTTP two engines find each other by themselves: what is written here is told to the other and comes', async () => {
  const store = memoryStore()
  const app = await makeApp(
    nodeHost(() => {}),
    store,
  )
  let server: Listening = await listen(app, { host: '127.0.0.1', port: 0 })
  ends.push(() => server.close())
  const { code } = await newBusiness(app, 60_000)
  const [a, b] = [engine(), engine()]
  const [one, two] = [a.engine.client(), b.engine.client()]
  await one.setup.start(firstRun)
  await expect(one.sync.turnOn({ address: 'http://127.0.0.1:9', code })).rejects.toMatchObject({
    code: 'SYNC_UNREACHABLE',
  })
  await one.sync.turnOn({ address: server.url, code })
  const owner = (await one.system.status()).user!.id
  await until(async () => (await one.sync.status()).state === 'sent')
  const invite = await one.sync.devices.invite({ user_id: owner, role: 'owner' })
  await two.sync.join({ address: invite.address, code: invite.code })
  await until(async () => (await two.sync.status()).state === 'sent')
  // Both lie on the line now: nobody asks for a minute, and still it comes.
  const { id } = await one.customers.add({ kind: 'person', last_name: 'کریمی' } as never)
  await until(async () => (await two.search.all({ text: 'کریمی' })).customers.length === 1)
  expect((await two.customers.get({ id })).name).toBe('کریمی')
  // Keys lie in a file that nobody else can read, and the app says so.
  expect((await one.sync.status()).keys).toBe('file')
  expect(statSync(join(a.folder, 'sync-keys.json')).mode & 0o077).toBe(0)
  expect(
    readFileSync(join(a.folder, 'daftar.db')).includes(
      JSON.parse(readFileSync(join(a.folder, 'sync-keys.json'), 'utf8')).token,
    ),
  ).toBe(false)
  // The server goes and comes back at the same address.
  const port = Number(new URL(server.url).port)
  await server.close()
  await one.customers.add({ kind: 'person', last_name: 'تنها' } as never)
  expect(await one.sync.now()).toMatchObject({ state: 'offline', waiting: expect.any(Number), code: 'network' })
  server = await listen(app, { host: '127.0.0.1', port })
  expect(await one.sync.now()).toMatchObject({ state: 'sent', waiting: 0 })
  await two.sync.now()
  expect((await two.search.all({ text: 'تنها' })).customers).toHaveLength(1)
})

test('a proxy that answers with a page of its own, half an answer and a full server are for later, and it goes on alone', async () => {
  w = await world()
  const [a] = (await w.together(1)) as [Device]
  const real = a.parts.connect('')
  let broken: string | null = '<html>sign in</html>'
  let status = 200
  Object.assign(a.parts, {
    connect: () => ({
      call: (...args: Parameters<typeof real.call>) =>
        broken === null ? real.call(...args) : Promise.resolve({ status, text: broken }),
    }),
  })
  const { SyncClient } = await import('../../main/sync/client.ts')
  a.client = new SyncClient(a.ctx, a.parts)
  addParty(a, 'یک')
  expect(await a.sync()).toMatchObject({ trouble: 'not_daftar', waiting: 1 })
  broken = '{"epoch":"9'
  expect(await a.sync()).toMatchObject({ trouble: 'not_daftar', waiting: 1 })
  broken = '{"error":"server_full","retry_after":60}'
  status = 507
  expect(await a.sync()).toMatchObject({ trouble: 'server_full', waiting: 1 })
  broken = null
  expect(await a.sync()).toMatchObject({ trouble: null, waiting: 0 })
})

test('after failures it tries again, ever more rarely, and at once when somebody asks', async () => {
  w = await world()
  const d = await w.device()
  const due: number[] = []
  let run: (() => void) | null = null
  Object.assign(d.parts, {
    after: (ms: number, what: () => void) => {
      due.push(ms)
      run = what
      return () => {
        run = null
      }
    },
    random: () => 1,
  })
  await d.join(w.code)
  d.client.start()
  const next = async () => {
    const now = run!
    run = null
    now()
    await until(() => run)
  }
  await next()
  expect(due.at(-1)).toBe(72_000)
  d.net.online = false
  addParty(d, 'یک')
  expect(due.at(-1)).toBe(1_000)
  due.length = 0
  for (let i = 0; i < 12; i++) await next()
  expect(due[0]).toBeLessThan(3_000)
  expect([...due].sort((x, y) => x - y)).toEqual(due)
  // It was there before: a minute at most. And at once when somebody saves something.
  expect(due.at(-1)).toBe(60_500)
  addParty(d, 'دو')
  expect(due.at(-1)).toBe(1_000)
  d.net.online = true
  d.client.kick()
  expect(due.at(-1)).toBe(0)
  await next()
  expect(d.client.status()).toMatchObject({ waiting: 0, offlineSince: null })
  d.client.stop()
  expect(run).toBe(null)
})

test('what a newer version wrote is kept through an older one, goes where it belongs after the update, and is never sent back', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await a.sync()
  const tenant = w.store.data.tenants.get(w.tenant)!
  const row = tenant.rows.get(`1:${id}`)!
  const cells = JSON.parse(row.cells) as Record<string, unknown>
  const [, h, by] = cells['11'] ? (cells['11'] as [unknown, number, number]) : (cells['1'] as [unknown, number, number])
  tenant.state.head += 2
  tenant.rows.set(`1:${id}`, {
    ...row,
    seq: tenant.state.head - 1,
    cells: JSON.stringify({ ...cells, 900: ['آینده', h, by, tenant.state.head - 1, 99] }),
  })
  const far = a.ctx.ids.next()
  tenant.rows.set(`700:${far}`, {
    tbl: 700,
    row: far,
    root: far,
    scope: 1,
    seq: tenant.state.head,
    cells: JSON.stringify({ 1: [far, h, by, tenant.state.head, 98] }),
  })
  await b.sync()
  expect(rowsOf(b, 'party')).toMatchObject([{ id, last_name: 'یک' }])
  expect(b.ctx.db.raw.prepare('SELECT tbl, fid FROM sync_unknown ORDER BY tbl, fid').all()).toEqual([
    { tbl: 1, fid: 900 },
    { tbl: 700, fid: 0 },
    { tbl: 700, fid: 1 },
  ])
  change(b, id, { first_name: 'دو' })
  await b.sync()
  expect(JSON.parse(tenant.rows.get(`1:${id}`)!.cells)[900][0]).toBe('آینده')
  // The update: field 900 is «title» now, as far as this test goes.
  b.ctx.db.raw.prepare('UPDATE sync_unknown SET fid = 11 WHERE fid = 900').run()
  b.ctx.db.raw.prepare("UPDATE sync_state SET v = json_set(v, '$.manifest', 'older') WHERE k = 'state'").run()
  await b.sync()
  expect(rowsOf(b, 'party')).toMatchObject([{ title: 'آینده' }])
  expect(b.client.status()).toMatchObject({ waiting: 0, trouble: null })
  expect(b.ctx.db.raw.prepare('SELECT tbl FROM sync_unknown WHERE tbl = 1').all()).toEqual([])
})

test('a first pull of many pages, cut off between them, goes on where it was', async () => {
  w = await world()
  const [a] = (await w.together(1)) as [Device]
  const { write } = await import('../../main/db/write.ts')
  const { insert } = await import('../../main/db/rows.ts')
  const { party } = await import('../../main/modules/customers/table.ts')
  for (let i = 0; i < 6; i++)
    write(a.ctx, 'imports.run', (tx) => {
      for (let n = 0; n < 1000; n++) insert(tx, party, { kind: 'person', last_name: `${i} ${n}` })
    })
  await a.sync()
  const b = await w.device({ user: null })
  let pieces = 0
  Object.assign(b.parts, {
    point: (name: string) => {
      if (name === 'page applied' && ++pieces === 2) throw new Error('cut off')
    },
  })
  await b.join(await w.invite(a))
  // Within the first page, which is applied in pieces so that nobody at that PC waits long. What is written now has not seen everything up to there.
  const reached = () =>
    b.ctx.db
      .prepare("SELECT max(cursor) AS cursor, (SELECT value FROM meta WHERE key = 'base') AS base FROM sync_scope")
      .get()
  const had = rowsOf(b, 'party').length
  expect(had).toBeGreaterThan(0)
  expect(had).toBeLessThan(2_000)
  // One row is no customer: whoever made them.
  expect(reached()).toEqual({ cursor: had + 1, base: '0' })
  b.ctx.errors.length = 0
  b.net.calls.length = 0
  await b.sync()
  expect(rowsOf(b, 'party')).toEqual(rowsOf(a, 'party'))
  expect(reached()).toEqual({ cursor: 6_001, base: '6001' })
  expect(b.ctx.errors).toEqual([])
})
