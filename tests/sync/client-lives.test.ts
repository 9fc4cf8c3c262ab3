import { afterEach, expect, test } from 'vitest'
import { conflictList } from '../../main/modules/sync/told.ts'
import { DoneReply } from '../../shared/sync/membership.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { addParty, change, type Device, reopen, rowsOf, same, settle, world } from './client-world.ts'

type World = Awaited<ReturnType<typeof world>>
let w: World
afterEach(() => w.close())

const names = (d: Device) => rowsOf(d, 'party').map((p) => p['last_name'])

test('an old copy of a book put back gets its own later work back, doubles nothing, and what is written since arrives', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await settle(a, b)
  const waitingThen = addParty(a, 'فرستاده پس از نسخه')
  const copy = a.snapshot('copy.db')
  w.advance(1000)
  change(a, id, { last_name: 'پس از نسخه' })
  addParty(a, 'تازه')
  await settle(a, b)
  reopen(a, copy)
  w.advance(1000)
  change(a, id, { first_name: 'پس از بازگردانی' })
  addParty(a, 'تازه‌تر')
  await settle(a, b)
  await same(a, b)
  expect(names(a).sort()).toEqual(['تازه', 'تازه‌تر', 'فرستاده پس از نسخه', 'پس از نسخه'].sort())
  expect(rowsOf(b, 'party').find((p) => p['id'] === id)).toMatchObject({ first_name: 'پس از بازگردانی' })
  expect(rowsOf(b, 'party').filter((p) => p['id'] === waitingThen)).toHaveLength(1)
  expect(conflictList(a.ctx.db, 10).total).toBe(0)
  const ops = w.store.data.tenants.get(w.tenant)!.ops.filter((o) => o.row === waitingThen)
  expect(ops).toHaveLength(1)
})

test('an old copy in which nothing is written gets everything back too', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  addParty(a, 'یک')
  await settle(a, b)
  const copy = a.snapshot('copy.db')
  addParty(a, 'دو')
  await settle(a, b)
  reopen(a, copy)
  expect(names(a)).toEqual(['یک'])
  await settle(a)
  await same(a, b)
  expect(names(a).sort()).toEqual(['دو', 'یک'])
})

test('two lives of one book both go on: nothing is lost, what they say against each other is a conflict', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await settle(a, b)
  const copy = a.snapshot('copy.db')
  w.advance(1000)
  change(a, id, { last_name: 'اصل' })
  await a.sync()
  const original = a.snapshot('original.db')
  reopen(a, copy)
  w.advance(1000)
  change(a, id, { last_name: 'نسخه' })
  await settle(a)
  const second = a.snapshot('second.db')
  reopen(a, original)
  addParty(a, 'از اصل')
  await settle(a, b)
  reopen(a, second)
  await settle(a, b)
  await same(a, b)
  expect(names(b).sort()).toEqual(['از اصل', 'نسخه'])
  expect(conflictList(b.ctx.db, 10).items).toMatchObject([{ win: { value: 'نسخه' }, lose: { value: 'اصل' } }])
})

test('the server goes back to an older day and the devices fill the gap by themselves', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await settle(a, b)
  const backup = w.store.snapshot()
  w.advance(1000)
  change(a, id, { last_name: 'دو' })
  const second = addParty(b, 'از ب')
  await settle(a, b)
  w.advance(1000)
  change(b, second, { first_name: 'نام' })
  await settle(b, a)
  w.store.restore(backup)
  w.advance(1000)
  change(a, second, { first_name: 'نامی دیگر' })
  await settle(a, b)
  await same(a, b)
  expect(rowsOf(a, 'party')).toMatchObject([
    { id, last_name: 'دو' },
    { id: second, last_name: 'از ب', first_name: 'نامی دیگر' },
  ])
  expect(w.store.data.tenants.get(w.tenant)!.rows.size).toBe(rowsOf(a, 'party').length + rowsOf(a, 'user').length)
})

test('what only one device still has comes back to the server from it, though it did not write it', async () => {
  w = await world()
  const [a, b, c] = (await w.together(3)) as [Device, Device, Device]
  await settle(a, b, c)
  const backup = w.store.snapshot()
  const id = addParty(a, 'از الف')
  w.advance(1000)
  await settle(a, b)
  w.store.restore(backup)
  // The one who wrote it never comes back.
  w.advance(1000)
  await settle(b, c)
  await same(b, c)
  expect(rowsOf(c, 'party')).toMatchObject([{ id, last_name: 'از الف' }])
})

test('a book restored and a server gone back at once still lose nothing', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  addParty(a, 'یک')
  await settle(a, b)
  const copy = a.snapshot('copy.db')
  addParty(a, 'دو')
  await settle(a, b)
  const backup = w.store.snapshot()
  addParty(a, 'سه')
  addParty(b, 'چهار')
  await settle(a, b)
  w.store.restore(backup)
  reopen(a, copy)
  addParty(a, 'پنج')
  w.advance(1000)
  await settle(a, b)
  await same(a, b)
  expect(names(a).sort()).toEqual(['یک', 'دو', 'سه', 'چهار', 'پنج'].sort())
})

test('what both a book and the server forgot is told where it is still known, and what came after it in order is not', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const [id, other] = [addParty(a, 'یک'), addParty(a, 'الف')]
  await settle(a, b)
  addParty(b, 'از دیگری')
  await settle(b, a)
  const copy = a.snapshot('copy.db')
  const backup = w.store.snapshot()
  w.advance(1000)
  change(a, id, { last_name: 'دو' })
  await settle(a, b)
  w.store.restore(backup)
  reopen(a, copy)
  w.advance(1000)
  change(a, id, { last_name: 'سه' })
  change(a, other, { last_name: 'ب' })
  await settle(a, b)
  await same(a, b)
  expect(rowsOf(b, 'party').find((p) => p['id'] === id)).toMatchObject({ last_name: 'سه' })
  const told = conflictList(b.ctx.db, 10).items.filter((c) => c.class === 'rewind')
  expect(told).toMatchObject([{ win: { value: 'سه' }, lose: { value: 'دو' } }])
})

test('what one of two lives sent again after the server went back the other does not say once more', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  await settle(a, b)
  const backup = w.store.snapshot()
  const id = addParty(a, 'یک')
  await settle(a, b)
  w.advance(1000)
  change(a, id, { last_name: 'دو' })
  await settle(a)
  w.store.restore(backup)
  w.advance(1000)
  Object.assign(a.parts, {
    point(at: string) {
      if (at === 'before flight') a.net.online = false
    },
  })
  await a.sync()
  const begun = a.snapshot('begun.db')
  Object.assign(a.parts, { point: undefined })
  a.net.online = true
  await settle(a)
  reopen(a, begun)
  await settle(a, b)
  await same(a, b)
  expect(names(b)).toEqual(['دو'])
  expect(w.store.data.tenants.get(w.tenant)!.ops.filter((o) => o.row === id)).toHaveLength(2)
})

test('a PC died: its backup on a new one registers with a new code, what it had sent is not doubled, what others did arrives', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await settle(a, b)
  const waiting = addParty(a, 'نفرستاده در نسخه')
  const copy = a.snapshot('copy.db')
  await settle(a)
  w.advance(1000)
  change(b, id, { first_name: 'از ب' })
  await settle(b)
  const c = await w.device({ user: null })
  reopen(c, copy)
  // As a restore does it: a new life of the data (backup-prepare.ts).
  c.ctx.db.raw.prepare("UPDATE meta SET value = 'abcdef0123456789' WHERE key = 'site'").run()
  expect(await c.sync()).toMatchObject({ stopped: 'no_keys' })
  addParty(c, 'تازه')
  // The dead PC is still let in at this moment: its past cannot be claimed, and nothing is lost all the same.
  await c.join(await w.invite(b))
  await settle(c, b)
  await same(b, c)
  expect(names(b).sort()).toEqual(['تازه', 'نفرستاده در نسخه', 'یک'].sort())
  expect(rowsOf(c, 'party').find((p) => p['id'] === id)).toMatchObject({ first_name: 'از ب' })
  expect(rowsOf(b, 'party').filter((p) => p['id'] === waiting)).toHaveLength(1)
  expect(conflictList(b.ctx.db, 10).total).toBe(0)
})

test('a copied book that is opened on another computer is a device of its own', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  addParty(a, 'یک')
  await settle(a, b)
  const c = await w.device({ user: null })
  reopen(c, a.snapshot('copy.db'))
  await c.join(await w.invite(b))
  addParty(c, 'از رونوشت')
  addParty(a, 'از اصل')
  await settle(c, a, b)
  await same(a, b, c)
  expect(names(b).sort()).toEqual(['از اصل', 'از رونوشت', 'یک'].sort())
})

test('a device that was shut out keeps what it wrote, and sends it when it is let in again with a new code', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  addParty(b, 'یک')
  await settle(a, b)
  const device = b.client.status().state!.device
  await a.client.door().ask(PATH.revoke, { tenant: w.tenant, device }, DoneReply)
  addParty(b, 'دو')
  expect(await b.sync()).toMatchObject({ stopped: 'revoked', waiting: 1 })
  b.net.calls.length = 0
  await b.sync()
  expect(b.net.calls).toEqual([])
  await b.join(await w.invite(a))
  await settle(b, a)
  await same(a, b)
  expect(names(a).sort()).toEqual(['دو', 'یک'])
})
