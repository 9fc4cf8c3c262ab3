import { afterEach, expect, test } from 'vitest'
import { checkLog } from '../../main/db/check-log.ts'
import { insert, insertOrRevive, remove, restore } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { uuidV5 } from '../../main/engine/ids.ts'
import { party, partyTag } from '../../main/modules/customers/table.ts'
import { conflictList, parkedList } from '../../main/modules/sync/told.ts'
import { keptSealed } from '../../main/sync/trays.ts'
import { DoneReply } from '../../shared/sync/membership.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { addParty, change, type Device, rowsOf, same, settle, world } from './client-world.ts'

type World = Awaited<ReturnType<typeof world>>
let w: World
afterEach(() => w.close())

const open = (d: Device) => conflictList(d.ctx.db, 100).items

test('the same field edited apart: the later stands everywhere, and the other value is told of everywhere', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await settle(a, b)
  change(a, id, { last_name: 'الف' })
  w.advance(60_000)
  change(b, id, { last_name: 'ب', about: 'فقط ب' })
  await settle(b, a)
  await settle(b, a)
  await same(a, b)
  expect(rowsOf(a, 'party')).toMatchObject([{ last_name: 'ب', about: 'فقط ب' }])
  for (const d of [a, b])
    expect(open(d)).toMatchObject([{ field: 'last_name', win: { value: 'ب' }, lose: { value: 'الف' } }])
})

test('a tag taken away here, given again there and taken away by a third, all within one reading, is away everywhere', async () => {
  w = await world()
  const [a, b, c] = (await w.together(3)) as [Device, Device, Device]
  const [id, tag] = [addParty(a, 'یک'), a.ctx.ids.next()]
  const member = uuidV5(id, tag)
  const put = (d: Device) =>
    write(d.ctx, 'tags.add', (tx) => insertOrRevive(tx, partyTag, { id: member, party_id: id, tag_id: tag }))
  const off = (d: Device) => write(d.ctx, 'tags.remove', (tx) => remove(tx, partyTag, member))
  put(a)
  await settle(a, b, c)
  off(b)
  put(b)
  for (const name of ['دو', 'سه', 'چهار']) addParty(b, name)
  await settle(b, c)
  w.advance(1000)
  c.skew.ms = -900
  // One row a page, each applied by itself: what people do while it is read comes in between.
  a.parts.sizes = { ops: 10, page: 1, whole: 1 }
  let came = 0
  a.parts.point = (name) => {
    if (name === 'page came' && ++came === 1) off(a)
  }
  let pauses = 0
  a.parts.pause = async () => {
    if (++pauses > 1) return
    off(c)
    await c.sync()
  }
  await a.sync()
  await settle(a, b, c)
  await same(a, b, c)
  expect(rowsOf(a, 'party_tag')).toMatchObject([{ deleted: 1 }])
})

test('who had seen the other value overrules it without a conflict, however wrong the clock', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  b.skew.ms = -5 * 365 * 86_400_000
  const id = addParty(a, 'یک')
  await settle(a, b)
  w.advance(1000)
  change(b, id, { last_name: 'دو' })
  await settle(b, a)
  await same(a, b)
  expect(rowsOf(a, 'party')).toMatchObject([{ last_name: 'دو' }])
  expect(open(a)).toEqual([])
  expect(b.client.status().clock).toBeGreaterThan(4 * 365 * 86_400_000)
})

test('a clock that runs ahead loses nothing: the stamps go down and the order stays', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  a.skew.ms = 3 * 86_400_000
  const id = addParty(a, 'یک')
  change(a, id, { last_name: 'دو' })
  change(a, id, { last_name: 'سه' })
  await a.sync()
  await b.sync()
  await same(a, b)
  expect(rowsOf(b, 'party')).toMatchObject([{ last_name: 'سه' }])
  change(b, id, { last_name: 'چهار' })
  w.advance(1000)
  change(a, id, { first_name: 'پنج' })
  await settle(a, b)
  await same(a, b)
  expect(rowsOf(a, 'party')).toMatchObject([{ last_name: 'چهار', first_name: 'پنج' }])
})

test('deleted here and edited there: it is gone, the edit is kept underneath and told of, and one choice brings it back', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await settle(a, b)
  write(a.ctx, 'customers.remove', (tx) => remove(tx, party, id))
  w.advance(1000)
  change(b, id, { last_name: 'دو' })
  await settle(a, b, a)
  await same(a, b)
  expect(rowsOf(a, 'party')).toMatchObject([{ deleted: 1, last_name: 'دو' }])
  expect(open(b)).toMatchObject([{ class: 'edited_deleted', lose: { value: 'دو' } }])
  write(b.ctx, 'customers.restore', (tx) => restore(tx, party, id))
  await settle(b, a)
  await same(a, b)
  expect(rowsOf(a, 'party')).toMatchObject([{ deleted: 0, last_name: 'دو' }])
})

test('a long text edited twice keeps both versions', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  await settle(a, b)
  change(a, id, { about: 'مشتری خوب' })
  w.advance(1000)
  change(b, id, { about: 'مشتری بد' })
  await settle(a, b, a)
  await same(a, b)
  expect(open(a)).toMatchObject([{ class: 'text', win: { value: 'مشتری بد' }, lose: { value: 'مشتری خوب' } }])
})

test('a tag taken off here and put on again there stays on', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  const tag = a.ctx.ids.next()
  const member = uuidV5(id, tag)
  const put = (d: Device) =>
    write(d.ctx, 'tags.add', (tx) => insertOrRevive(tx, partyTag, { id: member, party_id: id, tag_id: tag }))
  const off = (d: Device) => write(d.ctx, 'tags.remove', (tx) => remove(tx, partyTag, member))
  put(a)
  await settle(a, b)
  off(b)
  put(b)
  w.advance(1000)
  off(a)
  await settle(a, b, a)
  await same(a, b)
  expect(rowsOf(a, 'party_tag')).toMatchObject([{ deleted: 0 }])
  off(a)
  await settle(a, b)
  await same(a, b)
  expect(rowsOf(b, 'party_tag')).toMatchObject([{ deleted: 1 }])
})

test('values that belong together never mix', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = write(a.ctx, 'customers.add', (tx) =>
    insert(tx, party, { kind: 'person', last_name: 'یک', birth_jy: 1360, birth_jm: 1, birth_jd: 1 }),
  ).id
  await settle(a, b)
  change(a, id, { birth_jm: 2 })
  w.advance(1000)
  change(b, id, { birth_jd: 20 })
  await settle(a, b, a)
  await same(a, b)
  expect(rowsOf(a, 'party')).toMatchObject([{ birth_jy: 1360, birth_jm: 1, birth_jd: 20 }])
  expect(open(a).map((c) => c.class)).toContain('group')
})

test('a lost answer, an answer twice and a request twice change nothing', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  a.net.loseAnswers = 1
  const id = addParty(a, 'یک')
  expect(await a.sync()).toMatchObject({ trouble: 'network', waiting: 1 })
  expect(a.client.status().offlineSince).toBe(w.now())
  change(a, id, { last_name: 'دو' })
  await a.sync()
  b.net.twice = true
  await b.sync()
  change(b, id, { first_name: 'سه' })
  await settle(b, a)
  await same(a, b)
  const tenant = w.store.data.tenants.get(w.tenant)!
  const site = (d: Device) => d.client.status().state!.site
  for (const d of [a, b]) {
    const own = tenant.ops.filter((o) => o.site === site(d)).map((o) => o.own)
    expect(own).toEqual(own.map((_, i) => i + 1))
  }
})

test('days offline, then everything flows; nobody overwrites what nobody touched', async () => {
  w = await world()
  const [a, b, c] = (await w.together(3)) as [Device, Device, Device]
  const ids = ['یک', 'دو', 'سه'].map((name) => addParty(a, name))
  await settle(a, b, c)
  for (const d of [a, b, c]) d.net.online = false
  for (let day = 0; day < 4; day++) {
    w.advance(86_400_000)
    change(a, ids[0]!, { last_name: `الف${day}` })
    change(b, ids[1]!, { last_name: `ب${day}` })
    change(c, ids[2]!, { last_name: `پ${day}` })
    addParty([a, b, c][day % 3]!, `تازه${day}`)
    for (const d of [a, b, c]) await d.sync()
  }
  expect(a.client.status()).toMatchObject({ trouble: 'network', waiting: 6 })
  for (const d of [a, b, c]) d.net.online = true
  await settle(a, b, c)
  await same(a, b, c)
  expect(rowsOf(b, 'party')).toHaveLength(7)
  expect(open(a)).toEqual([])
})

test('what the server would never take is put aside without holding anything up', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const id = addParty(a, 'یک')
  change(a, id, { about: 'x'.repeat(300_000) })
  change(a, id, { first_name: 'دو' })
  await settle(a, b)
  expect(rowsOf(b, 'party')).toMatchObject([{ id, first_name: 'دو', about: null }])
  expect(parkedList(a.ctx.db, 10).items).toMatchObject([{ code: 'too_big' }])
})

test('a device that may not see a scope any more keeps nothing of it, and what it had written and not sent is set aside', async () => {
  w = await world()
  const [a, b] = (await w.together(2)) as [Device, Device]
  const [stays, goes] = [addParty(a, 'می‌ماند'), addParty(a, 'می‌رود')]
  await settle(a, b)
  const ask = (path: string, body: object) => a.client.door().ask(path, { tenant: w.tenant, ...body }, DoneReply)
  await ask(PATH.move, { roots: [goes], scope: 7 })
  await ask(PATH.member, {
    user: b.client.status().state!.user,
    role: 'seller',
    scopes: [
      [0, 1],
      [1, 3],
    ],
  })
  b.net.online = false
  change(b, goes, { first_name: 'پنهان' })
  b.net.online = true
  await settle(b, a)
  expect(rowsOf(b, 'party').map((p) => p['id'])).toEqual([stays])
  expect(rowsOf(a, 'party')).toHaveLength(2)
  expect(
    b.ctx.db.raw.prepare("SELECT count(*) AS n FROM change WHERE f LIKE '%می‌رود%' OR f LIKE '%پنهان%'").get(),
  ).toEqual({ n: 0 })
  // Not to be read here any more: client-sealed.test.ts.
  expect(keptSealed(b.ctx.db)).toEqual({ changes: 1, since: w.now() })
  expect((await checkLog(b.ctx)).problems).toEqual([])
  await ask(PATH.member, { user: b.client.status().state!.user, role: 'seller', scopes: [[-1, 3]] })
  await settle(b)
  expect(rowsOf(b, 'party')).toHaveLength(2)
})
