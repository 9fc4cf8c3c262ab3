import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../../main/cli/run.ts'
import { waitAfter } from '../../main/modules/users/pin.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { permissionOf, procedures } from '../../main/rpc/dispatcher.ts'
import { testClock } from '../support/ctx.ts'
import { firstRun, type TestEngine, testEngine } from '../support/engine.ts'

let clock: ReturnType<typeof testClock>
let engine: TestEngine
let client: Client
let owner: string

beforeEach(async () => {
  clock = testClock()
  engine = testEngine({ clock })
  client = engine.client('window')
  owner = (await client.setup.start(firstRun)).user_id
})
afterEach(() => engine.remove())

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: { code: string; data?: { seconds?: number } }) =>
      error.data?.seconds ? `${error.code} ${error.data.seconds}` : error.code,
  )
const addAli = async (pin?: string) =>
  (await client.users.add({ name: 'علی محمدی', color: 'violet', role: 'seller', ...(pin && { pin }) })).id
const who = async () => {
  const { user, locked } = await client.system.status()
  return locked ? 'locked' : (user?.name ?? null)
}

describe('a colleague', () => {
  test('is added, changed, leaves and comes back, each to be undone', async () => {
    const id = await addAli()
    await client.users.update({ id, name: 'علي كريمي', color: null })
    expect((await client.users.list())[1]).toEqual({
      id,
      name: 'علی کریمی',
      color: null,
      role: 'seller',
      share: null,
      has_pin: false,
      left: false,
    })
    const { id: customer } = await client.customers.add({ kind: 'person', last_name: 'رضایی', owner_id: id })
    const { change } = await client.users.remove({ id })
    // What was theirs stays theirs, and their name can still be read.
    expect((await client.customers.get({ id: customer })).owner_id).toBe(id)
    expect((await client.users.list())[1]).toMatchObject({ name: 'علی کریمی', left: true })
    expect((await client.users.people()).map((one) => one.id)).toEqual([owner])
    expect(await code(client.users.enter({ id }))).toBe('NOT_FOUND')
    expect(await code(client.users.update({ id, name: 'x' }))).toBe('NOT_FOUND')
    await client.history.undo({ change: change! })
    expect((await client.users.list())[1]).toMatchObject({ left: false })
    await client.users.remove({ id })
    await client.users.restore({ id })
    expect(await client.users.people()).toHaveLength(2)
  })

  test('is not called as another who works here, however it is typed', async () => {
    const id = await addAli()
    const add = (name: string) => client.users.add({ name, color: null, role: 'seller' })
    expect(await code(add(' علي  محمدى '))).toBe('NAME_TAKEN')
    const { id: other } = await add('رضا کریمی')
    expect(await code(client.users.update({ id: other, name: 'علی محمدی' }))).toBe('NAME_TAKEN')
    // One's own name, typed otherwise, is free, and so is that of somebody who left.
    expect(await code(client.users.update({ id, name: 'علي محمدي' }))).toBe('answered')
    await client.users.remove({ id })
    expect(await code(client.users.update({ id: other, name: 'علی محمدی' }))).toBe('answered')
    expect((await client.users.list()).map((one) => one.name).slice(1)).toEqual(['علی محمدی', 'علی محمدی'])
    // Back again only once the two can be told apart.
    expect(await code(client.users.restore({ id }))).toBe('NAME_TAKEN')
    await client.users.update({ id: other, name: 'علی محمدی (فروش)' })
    expect(await code(client.users.restore({ id }))).toBe('answered')
    expect(await client.users.people()).toHaveLength(3)
  })

  test('can be anyone but the last owner, who neither leaves nor is made a seller, not even by an undo', async () => {
    expect(await code(client.users.remove({ id: owner }))).toBe('LAST_OWNER')
    expect(await code(client.users.update({ id: owner, role: 'seller' }))).toBe('LAST_OWNER')
    const id = await addAli()
    const { change } = await client.users.update({ id, role: 'owner' })
    await client.users.update({ id: owner, role: 'seller' })
    await client.users.enter({ id })
    expect(await code(client.history.undo({ change: change! }))).toBe('LAST_OWNER')
    expect((await client.users.list()).map((one) => one.role)).toEqual(['seller', 'owner'])
  })

  test('signs what they do: history, notes, owner of a new customer', async () => {
    const id = await addAli()
    await client.users.enter({ id })
    const added = await client.customers.add({ kind: 'person', last_name: 'رضایی' })
    expect((await client.customers.get({ id: added.id })).owner_id).toBe(id)
    const { entries } = await client.history.page({ user_id: id })
    expect(entries.map((entry) => entry.verb)).toEqual(['customers.add'])
  })

  test('sees nothing of what another has half typed', async () => {
    const id = await addAli()
    await client.drafts.put({ key: 'customers.quick', value: { name: 'از مدیر' } })
    await client.users.enter({ id })
    expect(await client.drafts.get({ key: 'customers.quick' })).toBeNull()
    await client.drafts.put({ key: 'customers.quick', value: { name: 'از علی' } })
    await client.drafts.remove({ key: 'customers.quick' })
    await client.users.enter({ id: owner })
    expect((await client.drafts.get({ key: 'customers.quick' }))?.value).toEqual({ name: 'از مدیر' })
  })
})

describe('the seat of this PC', () => {
  test('is one for all its windows, told at once, kept over a restart and no change of the history', async () => {
    const id = await addAli()
    const other = engine.window().client
    const events = (await other.system.live())[Symbol.asyncIterator]()
    await events.next()
    const before = (await client.system.data()).changes
    await client.users.enter({ id })
    expect((await events.next()).value).toMatchObject({ tables: expect.arrayContaining(['seat']), change: null })
    await events.return?.()
    expect((await other.system.status()).user).toMatchObject({ id, role: 'seller' })
    expect((await other.system.data()).changes).toBe(before)
    expect(await code(other.users.add({ name: 'x', role: 'owner' }))).toBe('FORBIDDEN')
    engine.close()
    const again = testEngine({ clock, folder: engine.folder })
    expect(again.status()).toMatchObject({ user: { id }, locked: false })
    again.close()
  })

  test('falls to the owner when whoever sits in it leaves, and is locked when the owner has a PIN', async () => {
    const id = await addAli()
    const second = (await client.users.add({ name: 'زهرا', role: 'owner' })).id
    await client.users.enter({ id })
    await engine.client('other').users.enter({ id: second })
    await client.users.setPin({ id: second, pin: '4321' })
    await client.users.enter({ id: owner })
    await client.users.setPin({ id: owner, pin: '1234' })
    await client.users.enter({ id: second, pin: '4321' })
    await client.users.remove({ id: second })
    expect(await who()).toBe('locked')
    await client.users.enter({ id: owner, pin: '1234' })
    expect(await who()).toBe(firstRun.owner_name)
  })

  test('locked, answers only what is open, with a code of its own', async () => {
    await client.users.setPin({ id: owner, pin: '1234' })
    expect(await who()).toBe(firstRun.owner_name)
    await client.users.lock()
    expect(engine.status()).toMatchObject({ set_up: true, user: null, locked: true })
    for (const [path, procedure] of procedures()) {
      if (permissionOf(procedure) === 'open') continue
      const call = path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client)
      expect(await code((call as (input: unknown) => Promise<unknown>)({})), path).toBe('LOCKED')
    }
    expect(await code(client.setup.start(firstRun))).toBe('ALREADY_SET_UP')
    await client.users.enter({ id: owner, pin: '1234' })
    expect(await client.users.list()).toHaveLength(1)
  })

  test('of somebody with a PIN is locked at the start of the program; without any PIN nothing is asked', async () => {
    const restarted = () => {
      engine.close()
      engine = testEngine({ clock, folder: engine.folder })
      client = engine.client('window')
    }
    restarted()
    expect(await who()).toBe(firstRun.owner_name)
    expect(await code(client.users.lock())).toBe('NO_PIN')
    const id = await addAli('5678')
    restarted()
    expect(await who()).toBe(firstRun.owner_name)
    await client.users.enter({ id, pin: '5678' })
    restarted()
    expect(await who()).toBe('locked')
  })
})

describe('a PIN', () => {
  test('is taken in the digits of any keyboard, four to eight of them', async () => {
    const id = await addAli('۱۲۳۴')
    await client.users.enter({ id, pin: '1234' })
    await client.users.enter({ id: owner })
    await client.users.enter({ id, pin: '١٢٣٤' })
    await client.users.setPin({ id, pin: '۵۶۷۸ ۹۰', current: '۱۲۳۴' })
    await client.users.enter({ id, pin: '567890' })
    for (const pin of ['123', '123456789', '12a4', '', 'چهار']) {
      expect(await code(client.users.setPin({ id, pin, current: '567890' })), pin).toBe('BAD_REQUEST')
    }
  })

  test('that is wrong costs a growing wait from the fifth on, in which not even the right one is looked at', async () => {
    const id = await addAli('1234')
    const wrong = () => code(client.users.enter({ id, pin: '9999' }))
    for (let i = 0; i < 4; i++) expect(await wrong()).toBe('WRONG_PIN')
    expect(await wrong()).toBe('WRONG_PIN 30')
    expect(await code(client.users.enter({ id, pin: '1234' }))).toBe('PIN_WAIT 30')
    expect((await client.users.people())[1]?.wait_until).toBe(clock.now() + 30_000)
    clock.advance(29_500)
    expect(await wrong()).toBe('PIN_WAIT 1')
    clock.advance(500)
    expect(await wrong()).toBe('WRONG_PIN 60')
    // A clock that is set back does not lock out for ever.
    clock.advance(-400 * 86_400_000)
    expect(await code(client.users.enter({ id, pin: '1234' }))).toBe('PIN_WAIT 60')
    clock.advance(60_000)
    await client.users.enter({ id, pin: '1234' })
    await client.users.enter({ id: owner })
    for (let i = 0; i < 4; i++) expect(await wrong()).toBe('WRONG_PIN')
    expect([5, 6, 9, 10, 50].map(waitAfter)).toEqual([30, 60, 600, 900, 900])
  })

  test('cannot be guessed by asking many times at once', async () => {
    const id = await addAli('1234')
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, i) => code(client.users.enter({ id, pin: i === 11 ? '1234' : `000${i % 10}` }))),
    )
    expect(tries.filter((one) => one.startsWith('WRONG_PIN'))).toHaveLength(5)
    expect(tries.filter((one) => one === 'PIN_WAIT 30')).toHaveLength(7)
  })

  test('is set by oneself, saying the old one, or for a seller by the owner; nobody else', async () => {
    const id = await addAli()
    const other = (await client.users.add({ name: 'زهرا', role: 'owner', pin: '4444' })).id
    await client.users.setPin({ id, pin: '1234' })
    expect(await code(client.users.setPin({ id: other, pin: null }))).toBe('FORBIDDEN')
    await client.users.setPin({ id: owner, pin: '1111' })
    expect(await code(client.users.setPin({ id: owner, pin: null }))).toBe('WRONG_PIN')
    expect(await code(client.users.setPin({ id: owner, pin: null, current: '2222' }))).toBe('WRONG_PIN')
    await client.users.enter({ id, pin: '1234' })
    expect(await code(client.users.setPin({ id: owner, pin: null, current: '1111' }))).toBe('FORBIDDEN')
    await client.users.setPin({ id, pin: null, current: '1234' })
    expect((await client.users.list()).map((one) => one.has_pin)).toEqual([true, false, true])
  })

  test('that is forgotten goes by the command line, which needs none and speaks for the owner', async () => {
    await client.users.setPin({ id: owner, pin: '1111' })
    await client.users.lock()
    engine.close()
    const said: string[] = []
    const streams = {
      env: { DAFTAR_LANG: 'en' },
      out: (text: string) => said.push(text),
      err: (text: string) => said.push(text),
    }
    const run = (...args: string[]) => runCli([...args, '--data', engine.folder], streams)
    expect(await run('pin', '--clear', 'کسی دیگر')).toBe(1)
    expect(await run('add', '--name', 'رضا')).toBe(0)
    expect(await run('pin', '--clear', 'مريم رضايي', '--json')).toBe(0)
    expect(JSON.parse(said.at(-1)!)).toMatchObject({ ok: true, user: { id: owner } })
    engine = testEngine({ clock, folder: engine.folder })
    client = engine.client('window')
    expect(await who()).toBe(firstRun.owner_name)
    const { entries } = await client.history.page({ user_id: owner, kind: 'customers' })
    expect(entries).toHaveLength(1)
  })

  test('stands nowhere outside the book: not in «everything», not in the log, not in any answer', async () => {
    const id = await addAli('73918264')
    await code(client.users.enter({ id, pin: '83746251' }))
    const kept = engine.ctx().db.prepare('SELECT salt, hash FROM user_pin').get() as { salt: string; hash: string }
    const folder = mkdtempSync(join(tmpdir(), 'daftar-out-'))
    try {
      const out = { env: {}, out() {}, err() {} }
      engine.close()
      expect(await runCli(['export', join(folder, 'all'), '--private', '--data', engine.folder], out)).toBe(0)
      const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile())
        .map((path) => readFileSync(path).toString('latin1'))
      expect(texts.join('\n')).toContain(id)
      engine = testEngine({ clock, folder: engine.folder })
      client = engine.client('window')
      const answers = [await client.users.list(), await client.users.people(), await client.system.status()]
      const all = [...texts, JSON.stringify(answers), JSON.stringify(engine.errors)].join('\n')
      for (const secret of ['73918264', '83746251', kept.salt, kept.hash]) expect(all).not.toContain(secret)
      const changed = engine.ctx().db.prepare('SELECT f FROM change').all() as Array<{ f: string }>
      expect(JSON.stringify(changed)).not.toContain(kept.hash)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
