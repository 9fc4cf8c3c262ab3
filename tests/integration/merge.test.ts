import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../../main/rpc/dispatcher.ts'
import type { CustomerPatch } from '../../shared/contract/customers.ts'
import { alive } from '../support/alive.ts'
import { clientAs, clientOf } from '../support/client.ts'
import { type TestCtx, testCtx } from '../support/ctx.ts'
import { dump, replay } from '../support/replay.ts'

let ctx: TestCtx
let client: Client
beforeEach(async () => {
  ctx = await testCtx()
  client = clientOf(ctx)
})
afterEach(async () => {
  expect(replay(ctx.db)).toEqual(dump(ctx.db))
  expect((await client.system.check()).problems).toEqual([])
  ctx.close()
})

const phone = (value: string) => ({ kind: 'phone' as const, type: 'mobile' as const, value })
const place = (city: string, address: string | null = null) => ({
  type: 'work' as const,
  province: null,
  city,
  address,
  postal_code: null,
})
async function add(fields: CustomerPatch & { kind?: 'person' | 'company' }): Promise<string> {
  const { id } = await client.customers.add({ kind: 'person', ...fields })
  ctx.clock.advance(60_000)
  return id
}
const merge = (survivor: string, ...others: string[]) => client.customers.merge({ survivor, others })
const count = async () =>
  (await client.customers.count({ filter: { where: { op: 'and', rules: [] }, trash: false } })).count
const names = async (text: string) => (await client.search.all({ text })).customers.map((c) => c.customer.id)

describe('a merge', () => {
  test('keeps every phone, address, tag, role, note and relation once, and fills what was empty', async () => {
    const tag = await client.customers.tags.add({ name: 'عمده', kind: 'tag', color: null })
    const firm = await add({ kind: 'company', company_name: 'پارس پلاست' })
    const friend = await add({ last_name: 'دوست' })
    const a = await add({
      first_name: 'علی',
      last_name: 'رضایی',
      channels: [phone('09121111111'), { kind: 'email', type: 'work', value: 'Ali@x.ir' }],
      addresses: [place('تهران')],
      links: [{ kind: 'works_at', role: null, outgoing: true, other_id: firm }],
    })
    const b = await add({
      first_name: 'علي',
      last_name: 'رضائی',
      national_id: '0012345679',
      about: 'مشتری قدیمی',
      channels: [phone('+98 912 111 1111'), phone('02188776655'), { kind: 'email', type: 'home', value: 'ali@X.ir' }],
      addresses: [place('تهران', 'خیابان ولیعصر'), place('کرج')],
      links: [
        { kind: 'works_at', role: 'مدیر خرید', outgoing: true, other_id: firm },
        { kind: 'refers', role: null, outgoing: false, other_id: friend },
        { kind: 'family', role: null, outgoing: true, other_id: a },
      ],
      roles: ['supplier'],
      tag_ids: [tag.id],
    })
    await client.activities.log({ activity: { kind: 'note', party_ids: [b], body: 'تماس گرفت' } })

    const { id, merged, change } = await merge(a, b)
    expect({ id, merged }).toEqual({ id: a, merged: 1 })
    const one = await client.customers.get({ id: a })
    expect(one).toMatchObject({ name: 'علی رضایی', national_id: '0012345679', about: 'مشتری قدیمی' })
    expect(one.channels.map((c) => c.value)).toEqual(['09121111111', 'Ali@x.ir', '02188776655'])
    expect(one.addresses.map((x) => [x.city, x.address])).toEqual([
      ['تهران', 'خیابان ولیعصر'],
      ['کرج', null],
    ])
    expect(one.links.map((l) => [l.kind, l.role, l.other.id])).toEqual([
      ['works_at', 'مدیر خرید', firm],
      ['refers', null, friend],
    ])
    expect(one.roles.sort()).toEqual(['customer', 'supplier'])
    expect(one.tags.map((t) => t.name)).toEqual(['عمده'])
    const { entries } = await client.activities.timeline({ party_id: a, kinds: ['note'] })
    expect(entries.map((e) => e.kind === 'note' && e.activity.body)).toEqual(['تماس گرفت'])

    // Gone from lists, counts and search; whoever asks for it by its id gets the one it went into, and so does what is written to it.
    expect(await count()).toBe(3)
    expect(await names('رضایی')).toEqual([a])
    expect(await names('88776655')).toEqual([a])
    expect((await client.customers.get({ id: b })).id).toBe(a)
    expect((await client.customers.rows({ ids: [b] }))[0]?.id).toBe(a)
    await client.customers.update({ id: b, patch: { title: 'مهندس' } })
    await client.activities.log({ activity: { kind: 'note', party_ids: [b], body: 'دیر رسید' } })
    expect((await client.customers.get({ id: a })).title).toBe('مهندس')
    // But deleting what is gone already is not meant for the survivor.
    expect(await client.customers.remove({ ids: [b] })).toEqual({ change: null })
    expect((await client.history.page({ party_id: b })).entries.map((e) => e.verb)).toContain('customers.merge')

    // What was done since stays; the rest is as it was.
    await client.history.undo({ change: change! })
    expect((await client.customers.get({ id: b })).channels).toHaveLength(3)
    expect(await client.customers.get({ id: a })).toMatchObject({ title: 'مهندس', national_id: null, about: null })
    expect(await count()).toBe(4)
  })

  test('undone at once leaves both exactly as they were', async () => {
    const tag = await client.customers.tags.add({ name: 'ویژه', kind: 'group', color: null })
    const firm = await add({ kind: 'company', company_name: 'گلستان', channels: [phone('02144556677')] })
    const worker = await add({
      last_name: 'کارمند',
      links: [{ kind: 'works_at', role: null, outgoing: true, other_id: firm }],
    })
    const twin = await add({ kind: 'company', company_name: 'شرکت گلستان', tag_ids: [tag.id], roles: ['supplier'] })
    // A tag that was once taken off comes back with the merge, and goes again with its undo.
    await client.customers.update({ id: twin, patch: { links: [] } })
    await client.customers.update({ id: firm, patch: { tag_ids: [tag.id] } })
    await client.customers.update({ id: firm, patch: { tag_ids: [] } })
    await client.activities.log({ activity: { kind: 'note', party_ids: [firm], body: 'قرارداد' } })
    const before = alive(ctx.db)
    const { change } = await merge(twin, firm)
    expect(await names('گلستان')).toEqual(expect.arrayContaining([twin, worker]))
    const merged = await client.customers.get({ id: twin })
    expect(merged.links.map((l) => l.other.id)).toEqual([worker])
    const undone = await client.history.undo({ change: change! })
    expect(undone.kept).toEqual([])
    expect(alive(ctx.db)).toEqual(before)
    expect((await names('44556677')).sort()).toEqual([firm])

    // The undo can be undone too.
    await client.history.undo({ change: undone.change! })
    expect((await client.customers.get({ id: firm })).id).toBe(twin)
  })

  test('with hundreds of notes is taken back in one go, and in one go done again', async () => {
    const [a, b] = [await add({ last_name: 'الف' }), await add({ last_name: 'ب' })]
    for (let i = 0; i < 320; i++)
      await client.activities.log({ activity: { kind: 'note', party_ids: [b], body: `یادداشت ${i}` } })
    const before = alive(ctx.db)
    const { change } = await merge(a, b)
    const transactions = () => ctx.db.raw.prepare('SELECT count(*) FROM change_tx').pluck().get() as number
    const count = transactions()
    const undone = await client.history.undo({ change: change! })
    expect(transactions()).toBe(count + 1)
    expect(alive(ctx.db)).toEqual(before)
    await client.history.undo({ change: undone.change! })
    expect(transactions()).toBe(count + 2)
    expect((await client.customers.get({ id: b })).id).toBe(a)
  })

  test('takes the value that was chosen, tells what was dropped, and keeps both long texts', async () => {
    const a = await add({
      first_name: 'علی',
      last_name: 'کریمی',
      about: 'اول',
      national_id: '0012345679',
      birth_jm: 2,
      birth_jd: 3,
    })
    const b = await add({
      first_name: 'علی',
      last_name: 'کریمیان',
      about: 'دوم',
      birth_jy: 1360,
      birth_jm: 5,
      birth_jd: 1,
    })
    const c = await add({ last_name: 'کریمی', sheba: 'IR062960000000100324200001' })
    const { change } = await client.customers.merge({ survivor: a, others: [b, c], choose: { person: b, birth: b } })
    const one = await client.customers.get({ id: c })
    expect(one).toMatchObject({
      id: a,
      name: 'علی کریمیان',
      about: 'اول\n\nدوم',
      birth_jy: 1360,
      birth_jm: 5,
      sheba: 'IR062960000000100324200001',
      national_id: '0012345679',
    })
    const { entries } = await client.activities.timeline({ party_id: a, kinds: ['change'], limit: 1 })
    const entry = entries[0]!
    expect(entry).toMatchObject({ kind: 'change', change, verb: 'customers.merge' })
    const told =
      entry.kind === 'change' ? entry.fields.map((f) => [f.field, f.from_name ?? f.from, f.to_name ?? f.to]) : []
    expect(told).toContainEqual(['merged_into', 'علی کریمیان', 'علی کریمیان'])
    expect(told).toContainEqual(['last_name', 'کریمی', 'کریمیان'])
    expect(told.filter(([field]) => field === 'about')).toEqual([['about', 'اول', 'اول\n\nدوم']])
  })

  test('of a merged one leads on to the last, and never in a circle', async () => {
    const [a, b, c] = [await add({ last_name: 'الف' }), await add({ last_name: 'ب' }), await add({ last_name: 'ج' })]
    const first = await merge(b, a)
    await merge(c, a)
    expect((await client.customers.get({ id: a })).id).toBe(c)
    expect(await merge(a, b)).toMatchObject({ id: c, merged: 0, change: null })
    expect(await count()).toBe(1)
    // a comes back; b stays with c.
    const undone = await client.history.undo({ change: first.change! })
    expect((await client.customers.get({ id: a })).id).toBe(a)
    await merge(a, c)
    // Doing the first merge again would let a lead to b, b to c and c to a.
    await client.history.undo({ change: undone.change! }).catch(() => {})
    expect((await client.customers.get({ id: b })).id).toBe(a)
    expect(await count()).toBe(1)
  })

  test('is kept when the import or entry that brought the survivor is taken back', async () => {
    const a = await add({ last_name: 'قدیمی', channels: [phone('09120000001')] })
    const { id: b, change } = await client.customers.add({ kind: 'person', last_name: 'تازه' })
    await merge(b, a)
    await client.history.undo({ change: change! }).catch(() => {})
    expect(await client.customers.get({ id: a })).toMatchObject({ id: b, deleted: false })
  })

  test('into a customer of the sample business outlives the sample', async () => {
    const own = await add({ last_name: 'واقعی', channels: [phone('09129999999')] })
    await client.setup.addSample()
    const sample = (await client.search.all({ text: 'ا' })).customers.find(
      ({ customer }) => customer.id !== own,
    )!.customer
    await merge(sample.id, own)
    await client.setup.removeSample()
    expect(await client.customers.get({ id: own })).toMatchObject({ id: sample.id, deleted: false })
    expect(await count()).toBe(1)
    expect(await client.setup.sample()).toEqual({ batch: null, customers: 0 })
  })

  test('is refused for a deleted customer, and for who may not delete', async () => {
    const [a, b] = [await add({ last_name: 'الف' }), await add({ last_name: 'ب' })]
    await client.customers.remove({ ids: [b] })
    await expect(merge(a, b)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(clientAs(ctx, null).customers.merge({ survivor: a, others: [b] })).rejects.toMatchObject({
      code: 'NOT_SET_UP',
    })
  })

  test('is seen in the list of those opened last', async () => {
    const [a, b] = [await add({ last_name: 'الف' }), await add({ last_name: 'ب' })]
    await client.search.opened({ id: a })
    await merge(b, a)
    expect((await client.search.recent({})).map((c) => c.id)).toEqual([b])
  })
})
