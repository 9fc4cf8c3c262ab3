import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seedCustomers } from '../../main/modules/setup/seed.ts'
import { ownerOf } from '../../main/modules/users/service.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { TRADES } from '../../shared/domain/party.ts'
import { clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx({ user: null })
  client = clientOf(ctx, () => ownerOf(ctx))
})
afterEach(() => ctx.close())

const START = {
  business_name: ' فروشگاه  آرين ',
  owner_name: 'مریم رضایی',
  trade: 'shop',
  money_unit: 'toman',
} as const
const all = (sql: string) => ctx.db.prepare(sql).all() as Array<Record<string, unknown>>
const living = (table: string) => all(`SELECT id FROM ${table} WHERE deleted = 0`).length

describe('the first run', () => {
  it('makes the owner, the business and the lists of the trade as one change of the owner', async () => {
    const { user_id } = await client.setup.start(START)
    expect(await client.users.list()).toEqual([
      { id: user_id, name: 'مریم رضایی', color: null, role: 'owner', share: null, has_pin: false, left: false },
    ])
    expect(await client.settings.business()).toMatchObject({
      business_name: 'فروشگاه آرین',
      trade: 'shop',
      money_unit: 'toman',
    })
    expect((await client.customers.tags.list()).map((t) => t.name)).toContain('خوش‌حساب')
    expect((await client.customers.sources.list()).length).toBeGreaterThan(4)
    expect(all('SELECT verb, user FROM change_tx')).toEqual([{ verb: 'setup.start', user: user_id }])
  })

  it('is refused a second time and changes nothing then', async () => {
    await client.setup.start(START)
    const before = all('SELECT * FROM change')
    await expect(client.setup.start({ ...START, trade: 'clinic' })).rejects.toMatchObject({ code: 'ALREADY_SET_UP' })
    expect(all('SELECT * FROM change')).toEqual(before)
  })

  it.each(['business_name', 'owner_name'] as const)('needs a %s', async (field) => {
    await expect(client.setup.start({ ...START, [field]: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('comes before everything else', async () => {
    await expect(client.users.list()).rejects.toMatchObject({ code: 'NOT_SET_UP' })
    await expect(client.setup.addSample()).rejects.toMatchObject({ code: 'NOT_SET_UP' })
  })
})

describe('the sample business', () => {
  it.each(TRADES)('of a %s is believable', async (trade) => {
    await client.setup.start({ ...START, trade })
    const { customers, batch } = await client.setup.addSample()
    expect(customers).toBeGreaterThanOrEqual(140)
    expect(await client.setup.sample()).toEqual({ batch, customers })
    const parties = all('SELECT * FROM party')
    expect(parties.filter((p) => p['kind'] === 'company').length).toBeGreaterThan(7)
    expect(parties.filter((p) => p['blacklisted'] === 1).length).toBeGreaterThan(1)
    expect(parties.every((p) => p['blacklisted'] === 0 || p['blacklist_reason'])).toBe(true)
    expect(parties.some((p) => p['birth_jm'] === 9 && p['birth_jd'] === 1)).toBe(true)
    expect(new Set(parties.map((p) => p['province'])).size).toBeGreaterThan(8)
    const notes = all('SELECT at, body FROM activity')
    expect(notes.length).toBeGreaterThan(60)
    expect(notes.every((n) => (n['at'] as number) <= ctx.clock.now())).toBe(true)
    expect((await client.system.check()).problems).toEqual([])
  })

  it('is not brought in twice', async () => {
    await client.setup.start(START)
    const { batch, customers } = await client.setup.addSample()
    expect(await client.setup.addSample()).toEqual({ change: null, batch, customers })
  })

  it('leaves in one step, edited or not, and what the user added stays', async () => {
    await client.setup.start(START)
    const tags = (await client.customers.tags.list()).length
    await client.setup.addSample()
    const sample = all("SELECT id FROM party WHERE kind = 'person' LIMIT 1")[0]!['id'] as string
    await client.customers.update({ id: sample, patch: { last_name: 'عوض‌شده' } })
    await client.activities.log({ activity: { kind: 'note', party_ids: [sample], body: 'یادداشت من' } })
    const { id: mine } = await client.customers.add({ kind: 'person', last_name: 'مشتری من' })
    const { change } = await client.setup.removeSample()
    expect(await client.setup.sample()).toEqual({ batch: null, customers: 0 })
    expect(all('SELECT id FROM party WHERE deleted = 0')).toEqual([{ id: mine }])
    expect((await client.customers.tags.list()).length).toBe(tags)
    expect((await client.system.check()).problems).toEqual([])
    await client.history.undo({ change: change! })
    expect((await client.customers.get({ id: sample })).last_name).toBe('عوض‌شده')
    expect((await client.setup.sample()).customers).toBeGreaterThan(100)
  })

  it('takes the tags it made with it, except those that others wear by now', async () => {
    await client.setup.start({ ...START, trade: 'shop' })
    for (const tag of await client.customers.tags.list()) await client.customers.tags.remove({ id: tag.id })
    await client.setup.addSample()
    const [kept] = await client.customers.tags.list()
    await client.customers.add({ kind: 'person', last_name: 'من', tag_ids: [kept!.id] })
    await client.setup.removeSample()
    expect((await client.customers.tags.list()).map((t) => t.id)).toEqual([kept!.id])
  })

  it('can be removed where there is none', async () => {
    await client.setup.start(START)
    expect(await client.setup.removeSample()).toEqual({ change: null })
  })
})

describe('seed', () => {
  const rows = (at: TestCtx) =>
    at.db.prepare('SELECT id, name, phones, city, created_at FROM party ORDER BY pk').all() as Array<
      Record<string, unknown>
    >

  it('gives the same customers for the same seed, and others for another', async () => {
    const books = await Promise.all([1, 1, 2].map(() => testCtx()))
    try {
      await seedCustomers(books[0]!, { customers: 300, seed: 1 })
      await seedCustomers(books[1]!, { customers: 300, seed: 1 })
      await seedCustomers(books[2]!, { customers: 300, seed: 2 })
      expect(rows(books[0]!)).toEqual(rows(books[1]!))
      expect(rows(books[2]!)).not.toEqual(rows(books[0]!))
    } finally {
      for (const book of books) book.close()
    }
  })

  it('is as varied as a real book, and sound', async () => {
    await client.setup.start(START)
    const seeds = { ...ctx, user: ownerOf(ctx) }
    const end = await seedCustomers(seeds, { customers: 1200, seed: 7 })
    expect(end).toMatchObject({ state: 'done', done: 1200, added: 1200 })
    const parties = all('SELECT * FROM party')
    expect(parties).toHaveLength(1200)
    expect(new Set(parties.map((p) => p['province'])).size).toBe(31)
    expect(new Set(parties.map((p) => p['first_name'])).size).toBeGreaterThan(300)
    expect(new Set(parties.map((p) => p['last_name'])).size).toBeGreaterThan(300)
    expect(parties.some((p) => String(p['last_name']).includes('\u200c'))).toBe(true)
    expect(parties.every((p) => !/[يك]/.test(String(p['name'])))).toBe(true)
    const share = (n: number) => n / parties.length
    expect(share(parties.filter((p) => p['kind'] === 'company').length)).toBeCloseTo(0.08, 1)
    const phones = all("SELECT 1 FROM party_channel WHERE kind = 'phone'").length
    expect(share(phones)).toBeCloseTo(1.5, 1)
    expect(living('party_link')).toBeGreaterThan(60)
    expect(living('activity')).toBeGreaterThan(100)
    expect((await client.system.check()).problems).toEqual([])
    await client.history.undo({ batch: end.id })
    expect(living('party')).toBe(0)
  })
})
