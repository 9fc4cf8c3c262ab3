import { afterEach, expect, test } from 'vitest'
import { openDb } from '../../main/db/open.ts'
import { firstRun } from '../support/engine.ts'
import { type Device, world } from '../sync/client-world.ts'
import { engineOf } from '../sync/engine-of.ts'

type World = Awaited<ReturnType<typeof world>>
let w: World
const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0).reverse()) one.close()
  w.close()
})

function opened(d: Device) {
  const { engine, client } = engineOf(d)
  open.push(engine)
  return client
}

type Client = ReturnType<typeof opened>
const place = (code: string, device_name: string) => ({ address: 'localhost:7420', code, device_name })

/** An owner's PC, and further devices of the owner's that come in one by one. */
async function office() {
  w = await world(11)
  const devices = [await w.device({ user: null }), await w.device({ user: null }), await w.device({ user: null })]
  const [a, b, c] = devices.map(opened) as [Client, Client, Client]
  await a.setup.start(firstRun)
  await a.sync.turnOn(place(w.code, 'دفتر'))
  await a.sync.now()
  const user_id = (await a.system.status()).user!.id
  const join = async (one: Client, name: string) => {
    await one.sync.join(place((await a.sync.devices.invite({ user_id, role: 'owner' })).code, name))
    await one.sync.now()
  }
  await join(b, 'انبار')
  const round = async () => {
    for (const one of [a, b, c, a, b, c]) await one.sync.now()
    return await met()
  }
  const met = () => Promise.all([a, b, c].map(async (one) => (await one.sync.status()).met))
  return { devices, a, b, c, join, round }
}

const add = async (of: Client, last_name: string, phone: string | null, more: object = {}) =>
  (
    await of.customers.add({
      kind: 'person',
      last_name,
      channels: phone ? [{ kind: 'phone', type: 'mobile', value: phone }] : [],
      ...more,
    } as never)
  ).id

test('the same customer entered on two devices apart is a choice on every device, and what one decides holds on all', async () => {
  const { a, b, c, join, round } = await office()
  await join(c, 'لپ‌تاپ')
  const here = await add(a, 'نادری', '0912 345 6789')
  w.advance(1000)
  const there = await add(b, 'نادری', '۰۹۱۲۳۴۵۶۷۸۹')
  // Entered in one place, knowingly: nobody is asked. Without a sign in common or one that many have, neither.
  await add(a, 'کمالی', '09123330000')
  await add(a, 'کمالی', '09123330000')
  await add(a, 'احمدی', '09124440000')
  await add(b, 'احمدی', '09125550000')
  expect(await round()).toEqual([1, 1, 1])
  expect(await a.sync.status()).toMatchObject({ state: 'attention', conflicts: 0, parked: 0 })
  const { items, total } = await c.sync.met({})
  expect(total).toBe(1)
  expect(items).toMatchObject([
    {
      first: { customer: { id: here, name: 'نادری' }, user_name: 'مریم رضایی', device_name: 'دفتر', here: false },
      second: { customer: { id: there }, user_name: 'مریم رضایی', device_name: 'انبار', here: false },
      reasons: ['phone', 'same_name'],
    },
  ])
  expect((await a.sync.met({})).items[0]).toMatchObject({ first: { here: true }, second: { here: false } })
  // They lie where a search puts what it finds, too.
  expect((await b.duplicates.page({})).pairs.map((pair) => [pair.a.id, pair.b.id].sort())).toEqual([
    [here, there].sort(),
  ])

  const { change } = await b.customers.merge({ survivor: there, others: [here], choose: {} })
  expect((await b.sync.status()).met).toBe(0)
  expect(await round()).toEqual([0, 0, 0])
  await b.history.undo({ change: change! })
  expect(await round()).toEqual([1, 1, 1])
  await c.duplicates.distinct({ a: here, b: there })
  expect(await round()).toEqual([0, 0, 0])
  expect((await a.sync.met({})).items).toEqual([])

  // An e-mail, and an id that comes later; corrected before anybody looked, there is nothing to choose.
  await add(a, 'صالحی', null, { channels: [{ kind: 'email', type: 'work', value: 'info@salehi.ir' }] })
  await add(c, 'صالحی', null, { channels: [{ kind: 'email', type: 'work', value: 'Info@Salehi.ir' }] })
  const typed = await add(a, 'فرهادی', null, { national_id: '0076229645' })
  const late = await add(b, 'فرهادی', null)
  expect(await round()).toEqual([1, 1, 1])
  await b.customers.update({ id: late, patch: { national_id: '0076229645' } } as never)
  // Whoever writes it is warned by the form, and not asked again.
  expect(await round()).toEqual([2, 1, 2])
  await a.customers.update({ id: typed, patch: { national_id: null } } as never)
  expect((await a.sync.status()).met).toBe(1)
})

test('a whole list entered twice is put before nobody in one heap, is worked off in turns, and the search finds the rest', async () => {
  const { devices, a, b, c, join } = await office()
  const many = Array.from({ length: 110 }, (_, i) => `0912${String(6_000_000 + i)}`)
  for (const phone of many) await add(a, 'مشترک', phone)
  for (const phone of many) await add(b, 'مشترک', phone)
  await a.sync.now()
  await b.sync.now()
  expect((await b.sync.status()).met).toBe(100)
  expect((await b.duplicates.page({})).total).toBe(110)
  const book = openDb(`${devices[1]!.ctx.folder}/daftar.db`, { readonly: true })
  open.push(book)
  const kept = book.prepare("SELECT value FROM meta WHERE key = 'duplicates_met'").pluck().get() as string
  const last = book.prepare('SELECT max(seq) FROM change').pluck().get()
  expect(JSON.parse(kept)[1]).toBe(last)
  // What a book brings when it first comes is for the search as well.
  await join(c, 'لپ‌تاپ')
  expect(await c.sync.status()).toMatchObject({ state: 'sent', met: 0 })
  expect((await c.sync.members.list()).customers).toBe(220)
})
