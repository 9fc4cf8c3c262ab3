import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { openDb } from '../../main/db/open.ts'
import { restoreAlone } from '../../main/modules/backups/alone.ts'
import { Unreachable } from '../../main/sync/parts.ts'
import { newBusiness } from '../../server/business.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { firstRun } from '../support/engine.ts'
import { type Device, world } from '../sync/client-world.ts'
import { engineOf as engineOn } from '../sync/engine-of.ts'

type World = Awaited<ReturnType<typeof world>>
let w: World
const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
  w.close()
})

async function engineOf(d: Device) {
  const { engine, client } = engineOn(d)
  open.push(engine)
  return client
}

const place = (code: string) => ({ address: 'localhost:7420', code, device_name: 'رایانهٔ دفتر' })

test('an owner turns sync on, a second PC joins with a code and has the book, and devices are seen, renamed and revoked', async () => {
  w = await world()
  const [a, b] = [await engineOf(await w.device({ user: null })), await engineOf(await w.device({ user: null }))]
  await a.setup.start(firstRun)
  expect(await a.sync.status()).toMatchObject({ state: 'off', address: null })
  await expect(a.sync.turnOn(place('WRONG CODE'))).rejects.toMatchObject({ code: 'SYNC_BAD_CODE' })
  await expect(a.sync.turnOn({ ...place('X'), address: 'http://example.com', code: w.code })).rejects.toMatchObject({
    code: 'SYNC_BAD_ADDRESS',
  })
  await a.sync.turnOn(place(w.code))
  expect(await a.sync.now()).toMatchObject({
    state: 'sent',
    waiting: 0,
    owner: true,
    address: 'http://localhost:7420',
    code: null,
  })
  await expect(a.sync.turnOn(place(w.code))).rejects.toMatchObject({ code: 'SYNC_ALREADY_ON' })

  const added = await a.users.add({ name: 'سارا', color: null, role: 'seller' })
  const sara = (await a.users.list({})).find((u) => u.id === added.id)!
  const id = (await a.customers.add({ kind: 'person', last_name: 'نادری' } as never)).id
  await a.sync.now()
  const { code } = await a.sync.devices.invite({ user_id: sara.id, role: 'seller' })
  await expect(a.sync.join(place(code))).rejects.toMatchObject({ code: 'ALREADY_SET_UP' })
  await b.sync.join(place(code))
  expect(await b.sync.now()).toMatchObject({ state: 'sent', owner: false })
  expect(await b.system.status()).toMatchObject({ set_up: true, user: { id: sara.id, name: 'سارا' } })
  expect((await b.customers.get({ id })).name).toBe('نادری')
  expect((await b.search.all({ text: 'نادر' })).customers.map((c) => c.customer.id)).toEqual([id])
  await expect(b.sync.turnOff()).rejects.toMatchObject({ code: 'FORBIDDEN' })

  const devices = await a.sync.devices.list()
  expect(devices.map((d) => [d.user_name, d.here])).toEqual([
    ['مریم رضایی', true],
    ['سارا', false],
  ])
  const other = devices.find((d) => !d.here)!
  await a.sync.devices.rename({ id: other.id, name: 'لپ‌تاپ سارا' })
  expect((await a.sync.members.list()).members).toMatchObject([
    { user_name: 'مریم رضایی', role: 'owner', share: 'all', own: 1 },
    { user_name: 'سارا', role: 'seller', share: 'all', own: 0 },
  ])
  await a.sync.devices.revoke({ id: other.id })
  await b.sync.now()
  expect(await b.sync.status()).toMatchObject({ state: 'revoked', code: 'revoked' })

  // What was written there since can be seen, and goes when the owner lets the device in again.
  await expect(a.sync.reconnect({ code })).rejects.toMatchObject({ code: 'SYNC_ALREADY_ON' })
  await b.customers.update({ id, patch: { last_name: 'نادری‌فر' } } as never)
  expect(await b.sync.sealed.kept()).toMatchObject({ unsent: 1, recipients: 1 })
  await expect(b.sync.reconnect({ code })).rejects.toMatchObject({ code: 'SYNC_BAD_CODE' })
  const again = await a.sync.devices.invite({ user_id: sara.id, role: 'seller' })
  await b.sync.reconnect({ code: again.code, device_name: 'لپ‌تاپ سارا' })
  expect(await b.sync.now()).toMatchObject({ state: 'sent', waiting: 0 })
  expect(await b.sync.sealed.kept()).toMatchObject({ unsent: 0 })
  await a.sync.now()
  expect((await a.customers.get({ id })).name).toBe('نادری‌فر')

  expect(await a.sync.turnOff()).toMatchObject({ state: 'off' })
  expect(await a.sync.resume()).toMatchObject({ state: 'sent' })
})

test('the history of the other device tells each deed, where it was done, and is narrowed by kind', async () => {
  w = await world(2)
  const [a, b] = [await engineOf(await w.device({ user: null })), await engineOf(await w.device({ user: null }))]
  await a.setup.start(firstRun)
  await a.sync.turnOn(place(w.code))
  const { code } = await a.sync.devices.invite({ user_id: (await a.system.status()).user!.id, role: 'owner' })
  await b.sync.join(place(code))
  const { id } = await a.customers.add({ kind: 'person', last_name: 'نادری' } as never)
  await a.customers.update({ id, patch: { last_name: 'نادریان' } } as never)
  await a.activities.log({ activity: { kind: 'call', body: 'قیمت را پرسید', party_ids: [id] } } as never)
  const task = await a.tasks.add({ title: 'پیش‌فاکتور', party_id: id } as never)
  await a.tasks.complete({ id: task.id } as never)
  await a.customers.remove({ ids: [id] })
  // A value that was written over before anybody saw it does not travel.
  await a.sync.now()
  await b.sync.now()
  await a.customers.restore({ ids: [id] })
  const lead = await a.leads.add({ name: 'کمالی', phone: '09121230099' } as never)
  await a.leads.work({ ids: [lead.id] })
  await a.sync.now()
  await b.sync.now()
  const verbs = async (filter: object) =>
    (await b.history.page(filter)).entries.filter((e) => e.foreign).map((e) => e.verb)
  const all = await verbs({ limit: 100 })
  expect(all).toEqual([
    'leads.work',
    'leads.add',
    'customers.restore',
    'customers.remove',
    'tasks.complete',
    'tasks.add',
    'activities.add.call',
    'customers.update',
    'customers.add',
    'setup.start',
  ])
  expect(await verbs({ kind: 'tasks' })).toEqual(['tasks.complete', 'tasks.add'])
  expect(await verbs({ kind: 'segments' })).toEqual([])
  const { entries } = await b.history.page({ limit: 100 })
  expect(new Set(entries.filter((e) => e.foreign).map((e) => e.device_name))).toEqual(new Set(['رایانهٔ دفتر']))
  // Whoever set the business up is not undone from elsewhere either.
  const setUp = entries.find((e) => e.verb === 'setup.start')!
  await expect(b.history.undo({ change: setUp.change })).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' })
})

test('two people who changed the same name apart get a choice, and either value can be kept; a refused change can be sent once more', async () => {
  w = await world(2)
  const first = await w.device({ user: null })
  const [a, b] = [await engineOf(first), await engineOf(await w.device({ user: null }))]
  await a.setup.start(firstRun)
  await a.sync.turnOn(place(w.code))
  const { id } = await a.customers.add({ kind: 'person', last_name: 'نادری' } as never)
  await a.sync.now()
  const owner = (await a.system.status()).user!.id
  const { code } = await a.sync.devices.invite({ user_id: owner, role: 'owner' })
  await b.sync.join(place(code))
  await b.sync.now()
  await a.customers.update({ id, patch: { last_name: 'نادری‌فر' } } as never)
  w.advance(1000)
  await b.customers.update({ id, patch: { last_name: 'نادریان' } } as never)
  await a.sync.now()
  await b.sync.now()
  await a.sync.now()
  for (const one of [a, b]) {
    const { items, total } = await one.sync.conflicts.list({})
    expect(total).toBe(1)
    expect(items[0]).toMatchObject({
      table: 'party',
      field: 'last_name',
      class: 'lww',
      win: { value: 'نادریان', here: one === b, user_name: 'مریم رضایی', device_name: 'رایانهٔ دفتر' },
      lose: { value: 'نادری‌فر', here: one === a },
      now: 'نادریان',
    })
  }
  const { entries } = await a.history.page({ party_id: id })
  expect(entries.map((e) => [e.verb, e.device_name])).toEqual([
    ['customers.update', 'رایانهٔ دفتر'],
    ['customers.update', null],
    ['customers.add', null],
  ])
  expect(await a.sync.status()).toMatchObject({ state: 'attention', conflicts: 1, code: null })
  // That nothing is sent goes before what somebody may choose later.
  const { connect } = first.parts
  first.parts.connect = () => ({ call: () => Promise.reject(new Unreachable('network')) })
  await a.sync.turnOff()
  await a.sync.resume()
  expect(await a.sync.now()).toMatchObject({ state: 'offline', conflicts: 1 })
  first.parts.connect = connect
  await a.sync.turnOff()
  await a.sync.resume()
  expect(await a.sync.now()).toMatchObject({ state: 'attention', conflicts: 1, code: null })
  const [conflict] = (await a.sync.conflicts.list({})).items
  await a.sync.conflicts.keep({ id: conflict!.id, keep: 'lose' })
  await a.sync.now()
  await b.sync.now()
  expect((await b.customers.get({ id })).name).toBe('نادری‌فر')
  expect([await a.sync.status(), await b.sync.status()].map((s) => s.conflicts)).toEqual([0, 0])

  // Left as it is by one, the other is not asked any more.
  await a.customers.update({ id, patch: { about: 'نقد' } })
  w.advance(1000)
  await b.customers.update({ id, patch: { about: 'چک' } })
  for (const one of [a, b, a]) await one.sync.now()
  const [about] = (await a.sync.conflicts.list({})).items
  expect((await b.sync.status()).conflicts).toBe(1)
  w.advance(1000)
  await a.sync.conflicts.keep({ id: about!.id, keep: 'win' })
  for (const one of [a, b]) await one.sync.now()
  expect([await a.sync.status(), await b.sync.status()].map((s) => s.conflicts)).toEqual([0, 0])
  expect([await a.customers.get({ id }), await b.customers.get({ id })].map((c) => c.about)).toEqual(['چک', 'چک'])
  expect((await a.history.page({ party_id: id })).entries[0]).toMatchObject({ verb: 'sync.keep' })

  // Three wrote apart: one question for all of them, and what one person decides is decided everywhere.
  const third = await engineOf(await w.device({ user: null }))
  await third.sync.join(place((await a.sync.devices.invite({ user_id: owner, role: 'owner' })).code))
  await third.sync.now()
  for (const [one, job] of [
    [a, 'بقال'],
    [b, 'قصاب'],
    [third, 'نانوا'],
  ] as const) {
    w.advance(1000)
    await one.customers.update({ id, patch: { last_name: job } } as never)
  }
  const everywhere = async () => {
    for (const one of [a, b, third, a, b, third]) await one.sync.now()
    return await Promise.all([a, b, third].map(async (one) => (await one.sync.status()).conflicts))
  }
  expect(await everywhere()).toEqual([1, 1, 1])
  const apart = (await a.sync.conflicts.list({})).items
  expect(new Set(apart.map((c) => c.choice)).size).toBe(1)
  expect(new Set(apart.map((c) => c.lose.value))).toEqual(new Set(['بقال', 'قصاب']))
  w.advance(1000)
  const grocer = apart.find((c) => c.lose.value === 'بقال')!
  await a.sync.conflicts.keep({ id: grocer.id, keep: 'lose' })
  expect((await a.sync.conflicts.list({})).items.map((c) => c.now)).toEqual(['بقال'])
  for (const { id } of apart) if (id !== grocer.id) await a.sync.conflicts.keep({ id, keep: 'win' })
  expect(await everywhere()).toEqual([0, 0, 0])
  expect(await Promise.all([a, b, third].map(async (one) => (await one.customers.get({ id })).name))).toEqual(
    Array(3).fill('بقال'),
  )
  await third.sync.turnOff()

  // A right is taken: what is written meanwhile is refused, shown, and goes when the right is back.
  const member = w.store.data.tenants.get(w.tenant)!.members.get(owner)!
  const scopes = member.scopes
  member.scopes = [
    [0, 3],
    [1, 1],
  ]
  await a.sync.now()
  await b.customers.update({ id, patch: { last_name: 'نادرپور' } } as never)
  const at = w.now()
  w.advance(60_000)
  await b.sync.now()
  const { items } = await b.sync.parked.list({})
  expect(items).toMatchObject([{ code: 'forbidden', at, fields: [{ field: 'last_name', value: 'نادرپور' }] }])
  expect((await b.customers.get({ id })).name).toBe('بقال')
  w.store.data.tenants.get(w.tenant)!.members.get(owner)!.scopes = scopes
  await b.sync.parked.resend({ id: items[0]!.id })
  await b.sync.now()
  await a.sync.now()
  expect((await a.customers.get({ id })).name).toBe('نادرپور')
  expect(await b.sync.status()).toMatchObject({ state: 'sent', parked: 0 })
  await expect(b.sync.parked.drop({ id: items[0]!.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a colleague with a share has only their own: what is handed over comes with all that hangs on it, and goes again', async () => {
  w = await world(3)
  const laptop = await w.device({ user: null })
  const [a, b] = [await engineOf(await w.device({ user: null })), await engineOf(laptop)]
  await a.setup.start(firstRun)
  await a.sync.turnOn(place(w.code))
  const { id: ali } = await a.users.add({ name: 'علی', color: null, role: 'seller' })
  const person = async (last_name: string, owner_id: string | null) => {
    const { id } = await a.customers.add({ kind: 'person', last_name, owner_id })
    await a.activities.log({ activity: { kind: 'note', party_ids: [id], body: `قرار با ${last_name}` } })
    return id
  }
  const [his, hers] = [await person('نادری', ali), await person('کریمی', null)]
  for (const owner_id of [ali, null]) {
    await a.leads.add({ name: owner_id ? 'سرنخ علی' : 'سرنخ دیگر', owner_id })
    await a.tasks.add({ title: owner_id ? 'بنزین وانت' : 'اجارهٔ دفتر', owner_id })
  }
  const book = openDb(join(laptop.ctx.folder, 'daftar.db'), { readonly: true })
  open.push(book)
  const here = () =>
    ['party.last_name', 'activity.body', 'lead.name', 'task.title'].flatMap((column) => {
      const [table, name] = column.split('.') as [string, string]
      return book.raw.prepare(`SELECT ${name} FROM ${table} ORDER BY ${name}`).pluck().all()
    })
  const round = async () => {
    for (const one of [a, b, a, b]) await one.sync.now()
  }

  expect((await a.sync.members.list()).members[1]).toEqual({
    user_id: ali,
    user_name: 'علی',
    role: 'seller',
    share: 'none',
    own: 1,
  })
  // Taken back before the code was used: what was said last holds, and not saying it changes nothing.
  const shareOfAli = async () => (await a.sync.members.list()).members[1]!.share
  await a.sync.devices.invite({ user_id: ali, role: 'seller', share: 'all' })
  expect(await shareOfAli()).toBe('all')
  await a.sync.devices.invite({ user_id: ali, role: 'seller', share: 'own' })
  expect(await shareOfAli()).toBe('own')
  const { code } = await a.sync.devices.invite({ user_id: ali, role: 'seller' })
  expect(await shareOfAli()).toBe('own')
  await a.sync.now()
  await b.sync.join(place(code))
  await round()
  expect(here()).toEqual(['نادری', 'قرار با نادری', 'سرنخ علی', 'بنزین وانت'])
  expect(await b.sync.status()).toMatchObject({ state: 'sent', partial: true, user_id: ali })
  expect(await a.sync.status()).toMatchObject({ state: 'sent', partial: false })
  expect(await a.sync.members.list()).toMatchObject({
    customers: 2,
    members: [{ share: 'all' }, { user_name: 'علی', share: 'own', own: 1 }],
  })

  // One is handed over, one is given back; what the colleague adds is theirs and everybody's who has all.
  await a.customers.update({ id: hers, patch: { owner_id: ali } })
  await b.customers.add({ kind: 'person', last_name: 'تازه' })
  await round()
  expect(here()).toEqual(['تازه', 'نادری', 'کریمی', 'قرار با نادری', 'قرار با کریمی', 'سرنخ علی', 'بنزین وانت'])
  await b.customers.update({ id: his, patch: { owner_id: null } })
  await round()
  expect(here()).toEqual(['تازه', 'کریمی', 'قرار با کریمی', 'سرنخ علی', 'بنزین وانت'])
  expect((await b.search.all({ text: 'نادری' })).customers).toEqual([])
  expect((await a.search.all({ text: 'تازه' })).customers).toHaveLength(1)

  // Everything, and the share once more.
  await a.sync.members.share({ user_id: ali, share: 'all' })
  await round()
  expect(await a.users.list()).toMatchObject([{ share: null }, { share: null }])
  expect(here()).toHaveLength(9)
  expect(await b.sync.status()).toMatchObject({ state: 'sent', partial: false })
  await a.sync.members.share({ user_id: ali, share: 'own' })
  await round()
  expect(here()).toEqual(['تازه', 'کریمی', 'قرار با کریمی', 'سرنخ علی', 'بنزین وانت'])

  // What they are given with somebody else's customer does not reach them, and that is said to who gave it.
  const { id: visit } = await a.tasks.add({ title: 'بازدید نادری', party_id: his, owner_id: ali })
  const { id: own } = await a.tasks.add({ title: 'بازدید کریمی', party_id: hers, owner_id: ali })
  await round()
  for (const one of [a, b]) expect(await one.users.list()).toMatchObject([{ share: null }, { share: 'own' }])
  expect(await a.tasks.get({ id: visit })).toMatchObject({ unseen: true })
  await expect(b.tasks.get({ id: visit })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  for (const one of [a, b]) expect(await one.tasks.get({ id: own })).toMatchObject({ unseen: false })
  await a.customers.update({ id: his, patch: { owner_id: ali } })
  await round()
  for (const one of [a, b]) expect(await one.tasks.get({ id: visit })).toMatchObject({ unseen: false })

  const owner = (await a.system.status()).user!.id
  await expect(a.sync.members.share({ user_id: owner, share: 'own' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(b.sync.members.share({ user_id: ali, share: 'all' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(b.sync.members.list()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(laptop.ctx.errors).toEqual([])
})

test('a used code, a server of another business, a certificate nobody vouches for and a clock years off each have a word of their own, and work goes on', async () => {
  w = await world(4)
  const late = await w.device({ user: null, skew: -3 * 365 * 86_400_000 })
  const [a, b] = [await engineOf(await w.device({ user: null })), await engineOf(late)]
  await a.setup.start(firstRun)
  await a.sync.turnOn(place(w.code))
  await expect(b.sync.join(place(w.code))).rejects.toMatchObject({ code: 'SYNC_BAD_CODE' })
  const owner = (await a.system.status()).user!.id
  await a.sync.now()
  await b.sync.join(place((await a.sync.devices.invite({ user_id: owner, role: 'owner' })).code))
  expect(await b.sync.now()).toMatchObject({ state: 'clock', clock: 3 * 365 * 86_400_000 })

  const { connect } = late.parts
  late.parts.connect = () => ({ call: () => Promise.reject(new Unreachable('certificate')) })
  const { id } = await b.customers.add({ kind: 'person', last_name: 'نادری' })
  // Another way in is taken with another registration, or when the book is opened anew.
  await b.sync.turnOff()
  await b.sync.resume()
  expect(await b.sync.now()).toMatchObject({ state: 'offline', code: 'certificate', waiting: 2 })
  late.parts.connect = connect
  const { keys } = late.parts
  late.parts.keys = { ...keys, write: () => Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' })) }
  await b.sync.turnOff()
  await b.sync.resume()
  expect(await b.sync.now()).toMatchObject({ state: 'attention', code: 'disk_full', waiting: 2 })
  late.parts.keys = keys
  expect(await b.sync.now()).toMatchObject({ state: 'clock', code: null, waiting: 0 })
  await a.sync.now()
  expect((await a.customers.get({ id })).name).toBe('نادری')

  const other = await newBusiness(w.app, 60_000)
  const mine = (await a.sync.devices.list()).find((d) => !d.here)!
  await a.sync.devices.revoke({ id: mine.id })
  await b.sync.now()
  // Nor does a code for somebody else open their customers on this one.
  const { id: sara } = await a.users.add({ name: 'سارا', color: null, role: 'seller' })
  const theirs = await a.sync.devices.invite({ user_id: sara, role: 'seller', share: 'all' })
  await expect(b.sync.reconnect({ code: theirs.code })).rejects.toMatchObject({ code: 'SYNC_OTHER_USER' })
  await expect(b.sync.reconnect({ code: other.code })).rejects.toMatchObject({ code: 'SYNC_OTHER_BUSINESS' })
  const { code } = await a.sync.devices.invite({ user_id: owner, role: 'owner' })
  await b.sync.reconnect({ code })
  expect(await b.sync.now()).toMatchObject({ code: null, waiting: 0 })
})

test('a device that the server shut out by itself is told why, and owners are told until one of them has seen it', async () => {
  w = await world(5)
  const first = await w.device({ user: null })
  const [a, b] = [await engineOf(first), await engineOf(await w.device({ user: null }))]
  await a.setup.start(firstRun)
  await a.sync.turnOn(place(w.code))
  await a.sync.now()
  const owner = (await a.system.status()).user!.id
  await b.sync.join(place((await a.sync.devices.invite({ user_id: owner, role: 'owner' })).code))
  await b.sync.now()
  const { id } = (await a.sync.devices.list()).find((d) => !d.here)!
  await a.sync.devices.rename({ id, name: 'صندوق' })
  await b.sync.devices.list()
  await w.store.tenant(w.tenant, 'write', async (tx) => {
    const device = (await tx.devices()).find((d) => d.id === id)!
    await tx.saveDevice({ ...device, revoked: w.now(), why: 'reuse' })
  })
  expect(await b.sync.now()).toMatchObject({ state: 'revoked', code: 'reuse' })
  w.advance(3_600_000)
  expect(await a.sync.now()).toMatchObject({ state: 'attention', code: 'device_reuse' })
  // It hides nothing that goes wrong now.
  first.net.online = false
  expect(await a.sync.now()).toMatchObject({ state: 'offline', code: 'network' })
  first.net.online = true
  expect(await a.sync.now()).toMatchObject({ state: 'attention', code: 'device_reuse' })
  await a.sync.devices.revoke({ id })
  expect(await a.sync.status()).toMatchObject({ state: 'sent', code: null })
  const back = await b.sync.reconnect({ code: (await a.sync.devices.invite({ user_id: owner, role: 'owner' })).code })
  expect(back).toMatchObject({ code: null })
  expect(back.state).not.toBe('attention')
  expect(await b.sync.now()).toMatchObject({ state: 'sent', code: null })
  // Under the name it had; an owner had given it another than it came in with.
  expect((await a.sync.devices.list()).map((d) => d.name)).toEqual(['رایانهٔ دفتر', 'صندوق', 'صندوق'])
})

test('a book that is connected once more to the same business goes on where it was; to another one it is given whole', async () => {
  w = await world(6)
  const office = await w.device({ user: null })
  let waiting = 0
  const { after } = office.parts
  office.parts.after = (ms, run) => {
    const cancel = after(ms, run)
    waiting++
    return () => {
      waiting--
      cancel()
    }
  }
  const [a, b] = [await engineOf(office), await engineOf(await w.device({ user: null }))]
  await a.setup.start(firstRun)
  await a.sync.turnOn(place(w.code))
  const owner = (await a.system.status()).user!.id
  const { id } = await a.customers.add({ kind: 'person', last_name: 'یک' })
  await a.sync.now()
  await b.sync.join(place((await a.sync.devices.invite({ user_id: owner, role: 'owner' })).code))
  await b.sync.now()
  for (const last_name of ['دو', 'سه']) {
    w.advance(1000)
    await a.customers.update({ id, patch: { last_name } })
    await a.sync.now()
  }
  // A wrong code for another server leaves it working with the one it has, by itself.
  await expect(a.sync.turnOn({ ...place('AAAAA-AAAAA'), forget: true })).rejects.toMatchObject({
    code: 'SYNC_BAD_CODE',
  })
  expect(waiting).toBe(1)
  await a.sync.turnOff()
  const again = await b.sync.devices.invite({ user_id: owner, role: 'owner' })
  await expect(a.sync.turnOn({ ...place('AAAAA-AAAAA'), forget: true })).rejects.toMatchObject({
    code: 'SYNC_BAD_CODE',
  })
  await a.sync.turnOn({ ...place(again.code), forget: true })
  for (const one of [a, b, a]) await one.sync.now()
  for (const one of [a, b]) expect(await one.sync.status()).toMatchObject({ state: 'sent', conflicts: 0, waiting: 0 })
  expect((await b.customers.get({ id })).name).toBe('سه')

  await a.sync.turnOff()
  const { code } = await newBusiness(w.app, 60_000)
  await a.sync.turnOn({ ...place(code), forget: true })
  await a.sync.now()
  expect(await a.sync.devices.list()).toMatchObject([{ here: true }])
  expect(await a.sync.status()).toMatchObject({ state: 'sent', waiting: 0 })
})

test('a backup from before sync was turned on stays connected: what was sent comes back, and nothing is a conflict of the device with itself', async () => {
  w = await world(6)
  const [first, second] = [await w.device({ user: null }), await w.device({ user: null })]
  const [a, b] = [await engineOf(first), await engineOf(second)]
  await a.setup.start(firstRun)
  const { id } = await a.customers.add({ kind: 'person', last_name: 'نادری' })
  const made: { files: string[] }[] = []
  for await (const step of await a.backups.run({})) made.push(step)
  const [file] = made.at(-1)!.files
  const { call } = first.parts.connect('')
  const during: string[] = []
  first.parts.connect = () => ({
    async call(path, access, body) {
      if (path === PATH.push) during.push((await a.sync.status()).state)
      return call(path, access, body)
    },
  })
  await a.sync.turnOn(place(w.code))
  await a.sync.now()
  // The first time everything is sent, and nothing has come yet.
  expect(during[0]).toBe('sending')
  await a.customers.update({ id, patch: { last_name: 'نادری‌فر' } })
  await a.sync.now()
  const owner = (await a.system.status()).user!.id
  await b.sync.join(place((await a.sync.devices.invite({ user_id: owner, role: 'owner' })).code))
  await b.sync.now()
  w.advance(1000)
  await b.customers.update({ id, patch: { first_name: 'سارا' } })
  await b.sync.now()

  expect(await a.backups.inspect({ file: file! })).toMatchObject({ shared: 'stays' })
  for await (const _ of await a.backups.restore({ file: file! }));
  expect((await a.customers.get({ id })).name).toBe('نادری')
  expect(await a.sync.now()).toMatchObject({
    state: 'sent',
    address: 'http://localhost:7420',
    conflicts: 0,
    waiting: 0,
  })
  await b.sync.now()
  for (const one of [a, b]) {
    expect((await one.customers.get({ id })).name).toBe('سارا نادری‌فر')
    expect((await one.sync.conflicts.list({})).total).toBe(0)
  }
  await a.customers.update({ id, patch: { first_name: 'سارا خانم' } })
  await a.sync.now()
  await b.sync.now()
  expect((await b.customers.get({ id })).name).toBe('سارا خانم نادری‌فر')

  // A book of its own in place of the shared one: it is not sent, and the page says that this device was connected.
  const c = await engineOf(await w.device({ user: null }))
  await c.setup.start(firstRun)
  await c.customers.add({ kind: 'person', last_name: 'دیگر' })
  for await (const step of await c.backups.run({})) made.push(step)
  expect(await c.sync.status()).toMatchObject({ state: 'off', replaced: false })
  const [foreign] = made.at(-1)!.files
  expect(await b.backups.inspect({ file: foreign! })).toMatchObject({ shared: 'leaves' })
  for await (const _ of await b.backups.restore({ file: foreign! }));
  expect(await b.sync.status()).toMatchObject({ state: 'off', address: null, replaced: true })
})

test('put in the place of a book that does not open, a backup from before sync was turned on stays connected as well', async () => {
  w = await world(8)
  const device = await w.device({ user: null })
  const { engine, client: a } = engineOn(device)
  await a.setup.start(firstRun)
  const { id } = await a.customers.add({ kind: 'person', last_name: 'نادری' })
  const made: { files: string[] }[] = []
  for await (const step of await a.backups.run({})) made.push(step)
  await a.sync.turnOn(place(w.code))
  await a.customers.update({ id, patch: { last_name: 'نادری‌فر' } })
  await a.sync.now()
  engine.close()

  const { folder } = device.ctx
  const newer = new Database(join(folder, 'daftar.db'))
  newer.pragma('user_version = 900')
  newer.close()
  w.advance(1000)
  const kept = restoreAlone(folder, made.at(-1)!.files[0]!, w.now(), false)
  expect(kept).not.toBeNull()
  const back = await engineOf(device)
  expect((await back.customers.get({ id })).name).toBe('نادری')
  expect(await back.sync.now()).toMatchObject({ state: 'sent', conflicts: 0, waiting: 0 })
  expect((await back.customers.get({ id })).name).toBe('نادری‌فر')
})
