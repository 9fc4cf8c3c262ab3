import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { afterEach, describe, expect, it } from 'vitest'
import { newestSchema, readMeta, setMeta } from '../../main/db/migrate.ts'
import { openDb } from '../../main/db/open.ts'
import type { Reader } from '../../main/engine/reader.ts'
import { createRouter, permissionOf, procedures } from '../../main/rpc/dispatcher.ts'
import { can } from '../../shared/domain/roles.ts'
import { firstRun, type TestEngine, testEngine } from '../support/engine.ts'

const made: TestEngine[] = []
const engineOf = (options: Parameters<typeof testEngine>[0] = {}) => {
  const engine = testEngine(options)
  made.push(engine)
  return engine
}
afterEach(() => {
  for (const engine of made.splice(0)) engine.remove()
})

/** Calls a procedure by path with an input nobody would accept; gives the code of the refusal, or 'answered'. */
async function codeOf(client: object, path: string): Promise<string> {
  const call = path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], client) as (
    input: unknown,
    options: { signal: AbortSignal },
  ) => Promise<unknown>
  const stop = new AbortController()
  try {
    const output = await call({ nonsense: true }, { signal: stop.signal })
    stop.abort()
    // A stream is opened and let go again.
    if (typeof output === 'object' && output !== null && Symbol.asyncIterator in output) {
      await (output as AsyncGenerator).return?.(undefined)
    }
    return 'answered'
  } catch (error) {
    return error instanceof ORPCError ? error.code : String(error)
  }
}

describe('permission', () => {
  it('comes before everything else while nobody is there: only what is open answers', async () => {
    const { client } = engineOf().window()
    const table = await Promise.all(procedures().map(async ([path]) => [path, await codeOf(client, path)] as const))
    for (const [path, procedure] of procedures()) {
      const code = table.find(([name]) => name === path)?.[1]
      if (permissionOf(procedure) === 'open') expect(code, path).not.toMatch(/NOT_SET_UP|FORBIDDEN/)
      else expect(code, path).toBe('NOT_SET_UP')
    }
    expect(table.filter(([, code]) => code === 'NOT_SET_UP').length).toBeGreaterThan(40)
  })

  it('refuses a seller exactly what the table of roles refuses', async () => {
    const seller = { id: '01890000-0000-7000-8000-000000000001', name: 'علی', role: 'seller' } as const
    const { client } = engineOf({ signIn: () => seller }).window()
    const refused: string[] = []
    for (const [path] of procedures()) if ((await codeOf(client, path)) === 'FORBIDDEN') refused.push(path)
    expect(refused).toEqual(
      procedures()
        .filter(([, p]) => !can('seller', permissionOf(p)))
        .map(([path]) => path),
    )
    expect(refused).toContain('imports.run')
    expect(refused).not.toContain('customers.page')
  })

  it('is read anew with every call: the first run opens what was shut a moment before', async () => {
    const { client } = engineOf().window()
    await expect(client.users.list()).rejects.toMatchObject({ code: 'NOT_SET_UP' })
    await client.setup.start(firstRun)
    const [owner] = await client.users.list()
    expect(owner).toMatchObject({ name: firstRun.owner_name, role: 'owner' })
    expect(await client.system.status()).toMatchObject({ set_up: true, user: owner, trouble: null, host: 'test' })
  })
})

describe('the dispatcher', () => {
  it('does not start when a procedure has no function', () => {
    expect(() => createRouter({ system: {} }, { info() {}, error() {} })).toThrow(/no module gives system\.status/)
  })

  it('answers an unknown procedure with NOT_FOUND, and goes on', async () => {
    const { client } = engineOf().window()
    expect(
      await codeOf(
        { made: { up: (client as never as Record<string, Record<string, unknown>>)['made']?.['up'] } },
        'made.up',
      ),
    ).toBe('NOT_FOUND')
    expect((await client.system.ping()).at).toBeGreaterThan(0)
  })

  it('names what is wrong with an input', async () => {
    const { client } = engineOf().window()
    const error = await client.setup
      .start({ ...firstRun, business_name: ' ' })
      .catch((e: unknown) => e as ORPCError<string, unknown>)
    expect(error).toMatchObject({ code: 'BAD_REQUEST' })
    expect(JSON.stringify((error as ORPCError<string, unknown>).data)).toContain('business_name')
  })

  it('tells nobody what went wrong inside, but the log', async () => {
    const engine = engineOf({
      signIn: () => {
        throw new Error('secret path /home/x')
      },
    })
    const error = await engine
      .window()
      .client.system.ping()
      .catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
    expect(String(engine.errors)).toContain('secret')
  })

  it('turns what SQLite says into a code of the contract', async () => {
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    const engine = engineOf({
      signIn: () => {
        throw full
      },
    })
    await expect(engine.window().client.system.ping()).rejects.toMatchObject({ code: 'DISK_FULL' })
  })

  it('carries a file of several megabytes, and refuses what is beyond all measure without losing the line', async () => {
    const { client } = engineOf().window()
    await client.setup.start(firstRun)
    const line = `زهرا کریمی,0912${'1'.repeat(7)},${'م'.repeat(100)}\n`
    const rows = 20_000
    const file = new File([`نام,موبایل,یادداشت\n${line.repeat(rows)}`], 'contacts.csv', { type: 'text/csv' })
    expect(file.size).toBeGreaterThan(4_000_000)
    expect((await client.imports.stage({ file })).total).toBe(rows)
    const words = 'م'.repeat(8_000_000)
    await expect(client.settings.updateBusiness({ business_name: words })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    expect((await client.system.ping()).at).toBeGreaterThan(0)
  })

  it('lives through a frame that is no message at all', async () => {
    const swallow = () => {}
    process.on('unhandledRejection', swallow)
    try {
      const { client, port } = engineOf().window()
      for (const junk of ['{', 'null', '[]', new Uint8Array([255, 0, 1])]) port.postMessage(junk)
      expect((await client.system.ping()).at).toBeGreaterThan(0)
    } finally {
      process.removeListener('unhandledRejection', swallow)
    }
  })
})

describe('live events', () => {
  const next = async (events: AsyncIterator<{ tables: string[]; change: number | null; origin: string }>) =>
    (await events.next()).value!

  it('begin at once, and tell every window what the other one changed', async () => {
    const engine = engineOf()
    const [a, b] = [engine.window().client, engine.window().client]
    await a.setup.start(firstRun)
    const [ofA, ofB] = [await a.system.live(), await b.system.live()]
    expect(await next(ofA)).toMatchObject({ tables: [] })
    expect(await next(ofB)).toMatchObject({ tables: [] })
    const { change } = await a.settings.updateBusiness({ business_name: 'فروشگاه ماه' })
    const [seenByA, seenByB] = [await next(ofA), await next(ofB)]
    expect(seenByB).toEqual(seenByA)
    expect(seenByB).toMatchObject({ change, tables: ['setting'] })
    await b.settings.updateBusiness({ business_name: 'فروشگاه ستاره' })
    expect((await next(ofA)).origin).not.toBe(seenByA.origin)
  })

  it('leave no listener behind, however the reader goes', async () => {
    const engine = engineOf()
    const { live } = engine.ctx()
    const { client, port } = engine.window()
    const heard = () => live.listeners

    const left = await client.system.live()
    await left.next()
    expect(heard()).toBe(1)
    await left.return?.()
    await expect.poll(heard).toBe(0)

    const stop = new AbortController()
    const aborted = await client.system.live(undefined, { signal: stop.signal })
    await aborted.next()
    expect(heard()).toBe(1)
    stop.abort()
    await expect.poll(heard).toBe(0)

    const cut = await client.system.live()
    await cut.next()
    expect(heard()).toBe(1)
    port.close()
    await expect.poll(heard).toBe(0)
  })

  it('pile up into one for a reader that is slow', async () => {
    const engine = engineOf()
    const { live } = engine.ctx()
    const events = await engine.client().system.live()
    await next(events)
    for (let i = 1; i <= 1000; i++) live.emit({ tables: [i % 2 ? 'party' : 'tag'], change: i, origin: 'x' })
    const seen: number[] = []
    while (seen.at(-1) !== 1000) seen.push((await next(events)).change!)
    expect(seen.length).toBeLessThan(5)
    await events.return?.()
  })
})

describe('an engine in trouble', () => {
  const broken = () => {
    const folder = mkdtempSync(join(tmpdir(), 'daftar-engine-'))
    writeFileSync(join(folder, 'daftar.db'), 'this is no database, but it is somebody’s file '.repeat(40))
    return folder
  }

  it('starts all the same, says what is wrong, and does nothing else', async () => {
    const folder = broken()
    const before = readFileSync(join(folder, 'daftar.db'))
    const { client } = engineOf({ folder }).window()
    expect(await client.system.status()).toMatchObject({
      trouble: { code: 'NOT_A_DATABASE' },
      set_up: false,
      user: null,
    })
    expect((await client.settings.device()).language).toBe('fa')
    expect((await client.system.ping()).at).toBeGreaterThan(0)
    for (const [path] of procedures()) {
      if (/^system\.(status|ping|live|retry)$|^settings\.device$|^recovery\./.test(path)) continue
      expect(await codeOf(client, path), path).toBe('SERVICE_UNAVAILABLE')
    }
    expect(readFileSync(join(folder, 'daftar.db'))).toEqual(before)
  })

  it('opens the book when the cause is gone, and tells the windows', async () => {
    const folder = broken()
    const { client } = engineOf({ folder }).window()
    const events = await client.system.live()
    await events.next()
    expect((await client.system.retry()).trouble?.code).toBe('NOT_A_DATABASE')
    rmSync(join(folder, 'daftar.db'))
    expect(await client.system.retry()).toMatchObject({ trouble: null, schema: newestSchema() })
    expect((await events.next()).value).toMatchObject({ tables: ['meta'] })
    await events.return?.()
    await client.setup.start(firstRun)
  })

  it('leaves a book to the engine that has it, and says who', () => {
    const first = engineOf()
    first.announce({ address: 'http://127.0.0.1:1', token: 't' })
    const second = engineOf({ folder: first.folder })
    expect(second.status().trouble?.code).toBe('LOCKED')
    expect(second.owner()).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:1', token: 't' })
    first.close()
    expect(second.status().trouble?.code).toBe('LOCKED')
  })
})

/** Answers each look at a file with these words. */
const reader = (words: (file: string) => string): Reader => ({
  run: async (_job, input) => words((input as { file: string }).file) as never,
})

describe('an end', () => {
  it('in order is marked; the next start looks at the file only after one that was not', async () => {
    const looks: string[] = []
    const looking = {
      examines: true,
      reader: reader((file) => {
        looks.push(file)
        return 'ok'
      }),
    }
    const first = testEngine(looking)
    const file = join(first.folder, 'daftar.db')
    first.close()
    const second = testEngine({ folder: first.folder, ...looking })
    expect(looks).toEqual([])
    second.close()
    const db = openDb(file)
    expect(readMeta(db, 'clean_shutdown')).toBe('1')
    setMeta(db, 'clean_shutdown', '0')
    db.close()
    engineOf({ folder: first.folder, ...looking })
    expect(looks).toEqual([file])
  })

  it('that left a damaged file behind stops all writing to it', async () => {
    const first = testEngine()
    first.close()
    const db = openDb(join(first.folder, 'daftar.db'))
    setMeta(db, 'clean_shutdown', '0')
    db.close()
    const engine = engineOf({
      folder: first.folder,
      examines: true,
      reader: reader(() => 'row 7 missing from index'),
    })
    const { client } = engine.window()
    await expect
      .poll(async () => (await client.system.status()).trouble)
      .toMatchObject({ code: 'DAMAGED', detail: 'row 7 missing from index' })
    await expect(client.setup.start(firstRun)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  })
})

describe('the book itself', () => {
  it('tells where it is, what is in it, and that it is sound', async () => {
    const opened: string[] = []
    const openFolder = async (path: string) => opened.push(path) > 0
    const engine = engineOf({ host: { kind: 'test', openFolder } })
    const { client } = engine.window()
    await client.setup.start(firstRun)
    await client.customers.add({ kind: 'person', first_name: 'زهرا', last_name: 'کریمی' })
    const data = await client.system.data()
    expect(data).toMatchObject({ folder: engine.folder, file: join(engine.folder, 'daftar.db'), customers: 1 })
    expect(data.bytes).toBeGreaterThan(4096)
    expect(await client.system.check()).toMatchObject({ ok: true, problems: [], counts: { party: 1, user: 1 } })
    expect(await client.system.openFolder()).toEqual({ opened: true })
    expect(opened).toEqual([engine.folder])
  })

  it('says false where the host cannot open a folder', async () => {
    const { client } = engineOf().window()
    await client.setup.start(firstRun)
    expect(await client.system.openFolder()).toEqual({ opened: false })
  })
})
