import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { uuidV5 } from '../../main/engine/ids.ts'
import { nodeCrypto } from '../../main/modules/sync/node-parts.ts'
import { unsentText } from '../../main/sync/unsent.ts'
import { newBusiness } from '../../server/business.ts'
import { KIND } from '../../shared/sync/manifest.ts'
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
type Client = Awaited<ReturnType<typeof engineOf>>

const place = (code: string) => ({ address: 'localhost:7420', code, device_name: 'دفتر' })
const owner = async (a: Client) => (await a.system.status()).user!.id
const code = (error: { code: string }) => error.code

/** An owner's PC and a seller's laptop with everything. */
async function two() {
  w = await world(7)
  const [office, laptop] = [await w.device({ user: null }), await w.device({ user: null })]
  const [a, b] = [await engineOf(office), await engineOf(laptop)]
  await a.setup.start(firstRun)
  await a.sync.turnOn(place(w.code))
  const { id: ali } = await a.users.add({ name: 'علی', color: null, role: 'seller' })
  await a.sync.now()
  await b.sync.join(place((await a.sync.devices.invite({ user_id: ali, role: 'seller' })).code))
  await b.sync.now()
  return { a, b, office, laptop, ali }
}

const person = async (of: Client, last_name: string, owner_id: string | null = null) =>
  (await of.customers.add({ kind: 'person', last_name, owner_id })).id

/** Everything a book's file holds when nothing is left over in it: no free pages, no words of rows that are gone in the search index. */
function bytesOf({ ctx }: Device): string {
  const to = join(ctx.folder, 'vacuumed.db')
  const book = new Database(join(ctx.folder, 'daftar.db'), { readonly: true })
  book.exec(`VACUUM INTO '${to}'`)
  book.close()
  const copy = new Database(to)
  for (const index of ['party_fts', 'note_fts', 'task_fts'])
    copy.exec(`INSERT INTO ${index} (${index}) VALUES ('optimize')`)
  copy.exec('VACUUM')
  copy.close()
  return readFileSync(to).toString('utf8')
}

test('a customer leaves a share with changes that were not sent: they are kept for the owner only, who opens the file and takes them in', async () => {
  const { a, b, laptop, ali } = await two()
  const [goes, dies, stays] = [
    await person(a, 'نادری', ali),
    await person(a, 'کریمی', ali),
    await person(a, 'رضایی', ali),
  ]
  await a.sync.members.share({ user_id: ali, share: 'own' })
  for (const one of [a, b, a, b]) await one.sync.now()
  expect((await b.sync.sealed.kept()).recipients).toBe(1)

  laptop.net.online = false
  await b.customers.update({ id: goes, patch: { last_name: 'نادری‌فر', about: 'قول فردا' } })
  const [outcome] = await b.lists.all({ list: 'outcome' })
  const outcome_id = outcome!.id
  await b.activities.log({ activity: { kind: 'call', party_ids: [goes], body: 'ناگفته‌ها', outcome_id } })
  const written = w.now()
  await b.customers.remove({ ids: [dies] })
  await b.customers.update({ id: stays, patch: { about: 'سر جایش' } })
  for (const id of [goes, dies]) await a.customers.update({ id, patch: { owner_id: null } })
  for (let i = 0; i < 2; i++) await a.sync.now()
  expect(await b.sync.sealed.kept()).toMatchObject({ aside: 0, since: null })
  // The rows leave before what waits is sent: only then it is refused here.
  laptop.net.online = true
  w.advance(1000)
  await b.sync.now()
  const kept = await b.sync.sealed.kept()
  // The note never was at the server: it stays for whoever wrote it, refused, as before. The rest nobody here can read.
  expect(kept).toEqual({ aside: 2, since: w.now(), unsent: 2, recipients: 1 })
  expect(await b.sync.status()).toMatchObject({ state: 'attention', parked: 3, code: null })
  expect((await b.sync.parked.list({})).items.map((i) => [i.table, i.code])).toEqual([
    ['activity_party', 'moved'],
    ['activity', 'moved'],
  ])
  const [, call] = (await b.sync.parked.list({})).items
  expect(call).toMatchObject({
    at: written,
    fields: expect.arrayContaining([{ field: 'outcome_id', value: outcome_id, name: outcome!.name }]),
  })
  const bytes = bytesOf(laptop)
  for (const gone of ['نادری', 'قول فردا', 'کریمی']) expect(bytes.includes(gone), gone).toBe(false)
  expect(bytes).toContain('سر جایش')

  const { file, changes } = await b.sync.sealed.save({ all: false })
  expect(changes).toBe(4)
  expect(await file.text()).toMatch(/^daftar-sealed 1 [0-9a-f]{64}\n/)
  await expect(b.sync.sealed.open({ file })).rejects.toMatchObject({ code: 'FORBIDDEN' })

  expect(await a.sync.sealed.open({ file })).toEqual({ fresh: changes, known: 0, closed: 0 })
  expect(await a.sync.sealed.open({ file })).toEqual({ fresh: 0, known: changes, closed: 0 })
  await a.sync.devices.list()
  const { items, total } = await a.sync.sealed.opened({})
  expect(total).toBe(items.length)
  expect(await a.sync.status()).toMatchObject({ state: 'attention', parked: total })
  const edit = items.find((i) => i.row_id === goes)!
  expect(edit).toMatchObject({
    user_name: 'علی',
    party: { id: goes, name: 'نادری' },
    is_new: false,
    device_name: 'دفتر',
  })
  expect(edit.fields).toEqual([
    { field: 'last_name', value: 'نادری‌فر', name: null, now: 'نادری', now_name: null },
    { field: 'about', value: 'قول فردا', name: null, now: null, now_name: null },
  ])
  expect(items.find((i) => i.row_id === dies)).toMatchObject({ fields: [{ field: 'deleted', value: 1, now: 0 }] })
  // A note and whom it is about are one thing.
  expect(items.find((i) => i.table === 'activity')).toMatchObject({ is_new: true, party: { id: goes } })
  expect(items.map((i) => i.table).sort()).toEqual(['activity', 'party', 'party'])

  await a.sync.sealed.leave({ id: items.find((i) => i.row_id === dies)!.id })
  const one = await a.sync.sealed.take({ id: edit.id })
  expect(one).toMatchObject({ taken: 1 })
  expect(await a.customers.get({ id: goes })).toMatchObject({ name: 'نادری‌فر', about: 'قول فردا' })
  expect((await a.search.all({ text: 'نادری‌فر' })).customers).toHaveLength(1)
  expect((await a.history.page({ party_id: goes })).entries[0]).toMatchObject({ verb: 'sync.take' })
  await expect(a.sync.sealed.take({ id: edit.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await a.sync.sealed.take({ id: null })).toMatchObject({ left: 0 })
  const timeline = JSON.stringify(await a.activities.timeline({ party_id: goes, limit: 30 }))
  expect(timeline).toContain('ناگفته‌ها')
  expect((await a.customers.get({ id: dies })).name).toBe('کریمی')
  expect(await a.sync.sealed.open({ file })).toEqual({ fresh: 0, known: changes, closed: 0 })
  expect(await a.sync.now()).toMatchObject({ state: 'sent', parked: 0 })

  await b.sync.sealed.drop()
  expect(await b.sync.sealed.kept()).toMatchObject({ aside: 0, since: null })
  for (const { id } of (await b.sync.parked.list({})).items) await b.sync.parked.drop({ id })
  await expect(b.sync.sealed.save({ all: false })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(laptop.ctx.errors).toEqual([])
})

test('what a revoked device had not sent comes to the owner whole: new customers with all they have, and nothing twice when the device comes back', async () => {
  const { a, b, laptop } = await two()
  const known = await person(a, 'نادری')
  await a.sync.now()
  await b.sync.now()
  const { id: device } = (await a.sync.devices.list()).find((d) => !d.here)!
  await a.sync.devices.revoke({ id: device })
  await b.sync.now()
  const { id } = await b.customers.add({
    kind: 'person',
    first_name: 'سارا',
    last_name: 'تازه',
    channels: [{ kind: 'phone', type: 'mobile', value: '09121234567' }],
  } as never)
  await b.customers.update({ id: known, patch: { title: 'مهندس' } })
  await b.users.list()
  expect(await b.sync.status()).toMatchObject({ state: 'revoked' })
  const { file, changes } = await b.sync.sealed.save({ all: true })
  expect(changes).toBe((await b.sync.sealed.kept()).unsent)
  const text = await file.text()
  for (const secret of ['سارا', '9121234567', 'مهندس']) expect(text).not.toContain(secret)

  expect(await a.sync.sealed.open({ file })).toMatchObject({ fresh: changes, closed: 0 })
  const { items } = await a.sync.sealed.opened({})
  // A new customer with all that belongs to it is one thing to decide about.
  const fresh = items.find((i) => i.row_id === id)!
  expect(items).toHaveLength(2)
  expect(fresh).toMatchObject({ is_new: true, party: null, owners: false })
  expect(fresh.parts.flatMap((p) => p.fields.map((f) => [p.table, f.value]))).toContainEqual([
    'party_channel',
    '09121234567',
  ])
  expect(await a.sync.status()).toMatchObject({ parked: 2 })
  await a.sync.sealed.take({ id: fresh.id })
  expect((await a.search.all({ text: '09121234567' })).customers.map((c) => c.customer.id)).toEqual([id])
  await a.sync.sealed.take({ id: null })
  expect(await a.customers.get({ id: known })).toMatchObject({ title: 'مهندس' })
  await a.sync.now()

  const me = (await a.users.list({})).find((u) => u.name === 'علی')!
  await b.sync.reconnect({ code: (await a.sync.devices.invite({ user_id: me.id, role: 'seller' })).code })
  for (const one of [b, a, b]) await one.sync.now()
  for (const one of [a, b]) {
    expect((await one.search.all({ text: 'تازه' })).customers).toHaveLength(1)
    expect(await one.customers.get({ id })).toMatchObject({ name: 'سارا تازه' })
  }
  // A file that was made before, and says what stands there by now.
  expect(await a.sync.sealed.open({ file })).toMatchObject({ fresh: 0 })
  expect(laptop.ctx.errors).toEqual([])
})

test('a file that is none, is cut off, was changed, is of another business or for another owner each has a word of its own', async () => {
  const { a, b } = await two()
  await b.customers.add({ kind: 'person', last_name: 'تازه' })
  const { file } = await b.sync.sealed.save({ all: true })
  const text = await file.text()
  const said = (body: string) => a.sync.sealed.open({ file: new File([body], 'x') }).then(() => 'opened', code)
  expect(await said('نام,تلفن\nسارا,0912')).toBe('SYNC_SEALED_UNKNOWN')
  expect(await said('')).toBe('SYNC_SEALED_DAMAGED')
  for (const end of [5, 40, 90, text.length - 1])
    expect(await said(text.slice(0, end)), `${end}`).toBe('SYNC_SEALED_DAMAGED')
  for (const at of [20, 100, text.length - 20]) {
    const other = text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1)
    expect(await said(other), `${at}`).toBe('SYNC_SEALED_DAMAGED')
  }
  expect(await said(text.replace('daftar-sealed 1', 'daftar-sealed 2'))).toBe('SYNC_SEALED_NEWER')

  const { secret } = nodeCrypto.newKey()
  const whole = (about: string, plain: string, to: string) => {
    const body = JSON.stringify({ parts: [{ about, sealed: nodeCrypto.seal(plain, about, [to]) }] })
    return `daftar-sealed 1 ${nodeCrypto.sha256(body)}\n${body}`
  }
  const other = await newBusiness(w.app, 60_000)
  expect(await said(whole(other.tenant, '{}', nodeCrypto.recipientOf(secret)))).toBe('SYNC_SEALED_OTHER_BUSINESS')
  expect(await said(whole(w.tenant, '{}', nodeCrypto.recipientOf(secret)))).toBe('SYNC_SEALED_OTHER_DEVICE')

  // Sealed for this very device by somebody who means harm.
  const { recipient } = [...w.store.data.tenants.get(w.tenant)!.devices.values()].find((d) => d.recipient)!
  const site = crypto.randomUUID()
  const bad = (change: object) => whole(w.tenant, JSON.stringify({ v: 1, site, changes: [change] }), recipient!)
  const row = uuidV5('a', 'customer')
  const base = { tbl: 1, row, kind: KIND.put, h: 1, user: null, f: {} }
  for (const change of [
    { ...base, row: '1; DROP TABLE party' },
    { ...base, tbl: -1 },
    { ...base, kind: 9 },
    { ...base, f: { 12: [{}] } },
    { ...base, f: { last_name: ['x'] } },
  ])
    expect(await said(bad(change)), JSON.stringify(change)).toBe('SYNC_SEALED_DAMAGED')

  const changes = [
    // A table and a field that nobody knows, values of another type, a row that is nowhere.
    { ...base, tbl: 99, row: crypto.randomUUID() },
    // An id as no program of ours makes one.
    { ...base, row: crypto.randomUUID(), f: { 12: ['چهارم'] } },
    { ...base, f: { 999: ['x'], 13: [5], 10: ['person'], 12: ['فرهاد'] } },
    { ...base, row: crypto.randomUUID(), kind: KIND.patch, f: { 12: ['کسی'] } },
    { ...base, tbl: 12, row: await owner(a), kind: KIND.patch, f: { 12: ['seller'] } },
  ]
  expect(await said(whole(w.tenant, unsentText(site, changes as never), recipient!))).toBe('opened')
  const { items } = await a.sync.sealed.opened({})
  const role = items.find((i) => i.table === 'user')!
  expect(role).toMatchObject({ owners: true, fields: [{ field: 'role', value: 'seller', now: 'owner' }] })
  await a.sync.sealed.take({ id: null })
  expect((await a.system.status()).user).toMatchObject({ role: 'owner' })
  expect(await a.customers.get({ id: row })).toMatchObject({ name: 'فرهاد' })
  for (const value of ['کسی', 'چهارم']) {
    const unfit = items.find((i) => i.fields.some((f) => f.value === value))!
    await expect(a.sync.sealed.take({ id: unfit.id })).rejects.toMatchObject({ code: 'SYNC_UNFIT' })
  }
  await a.sync.sealed.leave({ id: null })
  expect(await a.sync.sealed.opened({})).toEqual({ items: [], total: 0 })
})

test('while no key of an owner is known it stays as it was, and is sealed as soon as there is one; another owner opens it as well', async () => {
  const { a, b, laptop } = await two()
  const { ctx } = laptop
  const book = new Database(join(ctx.folder, 'daftar.db'))
  open.push({ close: () => book.close() })
  book.prepare("DELETE FROM sync_state WHERE k = 'recipients'").run()
  const id = await person(b, 'تازه')
  await expect(b.sync.sealed.save({ all: true })).rejects.toMatchObject({ code: 'SYNC_NO_RECIPIENT' })
  const op = { tbl: 1, row: id, kind: KIND.patch, h: 1, base: 0, own: 1, user: null, f: { 12: ['پنهان'] } }
  book
    .prepare('INSERT INTO sync_quarantine (tbl, row, at, changes, ops) VALUES (1, ?, 1, 1, ?)')
    .run(crypto.randomUUID(), JSON.stringify([op]))
  const [clear] = (await b.sync.parked.list({})).items
  expect(clear).toMatchObject({ code: 'out_of_scope', fields: [{ field: 'first_name', value: 'پنهان' }] })
  expect(await b.sync.sealed.kept()).toMatchObject({ aside: 0, recipients: 0 })

  const second = await w.device({ user: null })
  const c = await engineOf(second)
  await c.sync.join(place((await a.sync.devices.invite({ user_id: await owner(a), role: 'owner' })).code))
  for (const one of [c, b]) await one.sync.now()
  expect(await b.sync.sealed.kept()).toMatchObject({ aside: 1, since: 1, recipients: 2 })
  expect((await b.sync.parked.list({})).total).toBe(0)
  expect(book.prepare('SELECT ops FROM sync_quarantine').pluck().all()).toEqual([null])
  const { file } = await b.sync.sealed.save({ all: false })
  for (const one of [a, c]) expect(await one.sync.sealed.open({ file })).toEqual({ fresh: 1, known: 0, closed: 0 })

  // With another key after it came back it still opens what was sealed for the one before.
  const { id: device } = (await a.sync.devices.list()).find(
    (d) => d.id !== (second as never) && !d.here && d.user_name === 'مریم رضایی',
  )!
  await a.sync.devices.revoke({ id: device })
  await c.sync.now()
  await c.sync.sealed.leave({ id: null })
  await c.sync.reconnect({ code: (await a.sync.devices.invite({ user_id: await owner(a), role: 'owner' })).code })
  await c.sync.now()
  expect(await c.sync.sealed.open({ file })).toMatchObject({ known: 1, closed: 0 })
  await b.sync.now()
  expect((await b.sync.sealed.kept()).recipients).toBe(2)
})
