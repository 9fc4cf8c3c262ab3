import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readArgs } from '../../main/cli/args.ts'
import { RUN } from '../../main/cli/commands.ts'
import { sentences } from '../../main/cli/text.ts'
import { takeFolder } from '../../main/db/folder.ts'
import { Db, openDb } from '../../main/db/open.ts'
import { toTrouble } from '../../main/db/sqlite-errors.ts'
import { fileLog } from '../../main/engine/log.ts'
import { fail } from '../../main/rpc/errors.ts'
import { firstRun, type TestEngine, testEngine } from '../support/engine.ts'

let base: string
const engines: TestEngine[] = []
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'daftar-disk-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  for (const engine of engines.splice(0)) engine.remove()
  rmSync(base, { recursive: true, force: true })
})
const engineAt = (folder: string) => {
  const engine = testEngine({ folder })
  engines.push(engine)
  return engine
}
const coded = (code: string) => Object.assign(new Error(code), { code })
const caught = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

/** From now on each transaction fails as SQLite fails when there is no room (or as it is told). */
function refuseWrites(code: string) {
  const prepare = Db.prototype.prepare
  return vi.spyOn(Db.prototype, 'prepare').mockImplementation(function (this: Db, sql: string) {
    if (sql.startsWith('BEGIN IMMEDIATE')) throw coded(code)
    return prepare.call(this, sql)
  })
}

it.each([
  ['SQLITE_FULL', 'DISK_FULL'],
  ['SQLITE_READONLY_DBMOVED', 'FOLDER_READ_ONLY'],
  ['SQLITE_BUSY', 'LOCKED'],
  ['SQLITE_CORRUPT_INDEX', 'DAMAGED'],
  ['SOMETHING_ELSE', 'OPEN_FAILED'],
])(
  'a sound book whose first write at opening meets %s is in trouble %s, and opens when that is over',
  async (sqlite, trouble) => {
    const first = testEngine({ folder: base })
    await first.client().setup.start(firstRun)
    first.close()
    const refusing = refuseWrites(sqlite)
    const engine = engineAt(base)
    expect(engine.status().trouble?.code).toBe(trouble)
    refusing.mockRestore()
    expect(await engine.client().system.retry()).toMatchObject({ trouble: null, set_up: true })
  },
)

it('only what SQLite calls corrupt is called damaged', () => {
  const code = (error: unknown) => toTrouble(error, base, 'OPEN_FAILED').trouble.code
  const named = (name: string) => code(caught(() => fail(name)))
  expect(['DISK_FULL', 'READ_ONLY', 'DATABASE_BUSY', 'DATABASE_DAMAGED'].map(named)).toEqual([
    'DISK_FULL',
    'FOLDER_READ_ONLY',
    'LOCKED',
    'DAMAGED',
  ])
  expect([new Error('?'), 'text', coded('SQLITE_IOERR_READ'), coded('SQLITE_ERROR')].map(code)).toEqual(
    Array(4).fill('OPEN_FAILED'),
  )
})

it('a check of the file that could not run does not call the book damaged', async () => {
  const first = testEngine({ folder: base })
  const file = first.ctx().db.file
  first.close()
  const db = openDb(file)
  db.raw.exec("UPDATE meta SET value = '0' WHERE key = 'clean_shutdown'")
  db.close()
  const engine = testEngine({
    folder: base,
    examines: true,
    reader: { run: () => Promise.reject(new Error('no thread')) },
  })
  engines.push(engine)
  await expect.poll(() => JSON.stringify(engine.errors.map((e) => (e as unknown[])[0]))).toBe('["engine.examine"]')
  expect(engine.status().trouble).toBeNull()
})

it('a try that fails to leave word in the folder leaves nothing else behind either', () => {
  // A folder in the place of the lock file: the word is written, and then cannot be put there.
  mkdirSync(join(base, 'daftar.lock', 'x'), { recursive: true })
  for (let i = 0; i < 2; i++) expect(caught(() => takeFolder(base, 1))).toBeInstanceOf(Error)
  expect(readdirSync(base).filter((name) => name.startsWith('daftar.lock'))).toEqual(['daftar.lock'])
})

it('a log that cannot be written is silent, and speaks on stderr only when asked to', () => {
  const lines: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0)
  const log = fileLog(join(base, 'gone'), { now: () => 0 })
  log.error('engine.trouble', new Error('why'))
  expect(lines).toEqual([])
  vi.stubEnv('DAFTAR_DEBUG', '1')
  log.error('engine.trouble', new Error('why'))
  expect(lines.join('')).toContain('engine.trouble')
})

it('closing on a full disk lets the folder go and throws nothing', async () => {
  const engine = engineAt(base)
  await engine.client().setup.start(firstRun)
  const { raw } = engine.ctx().db
  const pragma = raw.pragma.bind(raw)
  vi.spyOn(raw, 'pragma').mockImplementation((text, options) => {
    if (text.startsWith('wal_checkpoint')) throw coded('SQLITE_FULL')
    return pragma(text, options)
  })
  expect(() => engine.close()).not.toThrow()
  expect(engine.errors).toHaveLength(1)
  const again = engineAt(base)
  expect(again.status()).toMatchObject({ trouble: null, set_up: true })
})

/** Room for so many pages of 4 KB more and no more. */
function leaveRoom(engine: TestEngine, pages: number): void {
  const { raw } = engine.ctx().db
  raw.pragma(`max_page_count = ${(raw.pragma('page_count', { simple: true }) as number) + pages}`)
}
const say = (key: string, values: Record<string, unknown> = {}) => sentences('en')(key, values) ?? key
async function commandAt(engine: TestEngine, ...argv: string[]) {
  const args = readArgs([...argv, '--json'])
  if (args.command === 'help' || args.command === 'restore' || args.command === 'salvage') throw new Error('no command')
  return RUN[args.command]({ client: engine.client(), engine, close() {} }, args, say, () => {})
}
const batchState = (engine: TestEngine) =>
  engine.ctx().db.raw.prepare('SELECT state, done FROM batch').get() as { state: string; done: number }

it.each([1800, 500])(
  'made-up customers that fill the disk after %i pages are told as far as they came, and can be taken back',
  async (pages) => {
    const engine = engineAt(base)
    await engine.client().setup.start({ ...firstRun, trade: 'other' })
    leaveRoom(engine, pages)
    const { ok, data, lines } = await commandAt(engine, 'seed', '--customers', '4000')
    const { state, done } = batchState(engine)
    expect([ok, state, done % 1000, done > 0, done < 4000]).toEqual([false, 'interrupted', 0, pages > 500, true])
    expect(data).toMatchObject({ added: done, total: 4000, error: { code: 'DISK_FULL' } })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`The disk is full and the work stopped half-way: ${done} of 4000`)
    expect(lines[0]).toContain(`undo ${data['id']}`)
    leaveRoom(engine, 1_000_000)
    expect((await commandAt(engine, 'undo', String(data['id']))).ok).toBe(true)
    const left = await commandAt(engine, 'undo', String(data['id'])).catch((error: { code: string }) => error.code)
    expect(left).toBe('NOTHING_TO_UNDO')
    expect((await engine.client().system.data()).customers).toBe(0)
  },
)

it('an import that fills the disk says so, is interrupted, and goes on to its end when there is room', async () => {
  const engine = engineAt(base)
  await engine.client().setup.start(firstRun)
  const rows = Array.from({ length: 3000 }, (_, i) => `نام ${i},خانوادگی ${i},0912${String(1_000_000 + i)}`)
  const file = join(base, 'people.csv')
  writeFileSync(file, ['نام,نام خانوادگی,موبایل', ...rows].join('\n'))
  leaveRoom(engine, 400)
  const { ok, data, lines } = await commandAt(engine, 'import', file)
  const { state, done } = batchState(engine)
  expect([ok, state, done > 0, done < 3000]).toEqual([false, 'interrupted', true, true])
  expect(data).toMatchObject({ added: done, error: { code: 'DISK_FULL' } })
  expect(lines[0]).toContain(`${done} of 3000`)
  const { client } = engine.window()
  const run = async () => {
    for await (const _ of await client.imports.run({ id: String(data['id']) }));
  }
  await expect(run()).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(batchState(engine).state).toBe('interrupted')
  leaveRoom(engine, 1_000_000)
  await run()
  expect(batchState(engine)).toEqual({ state: 'done', done: 3000 })
  expect((await client.system.data()).customers).toBe(3000)
})

it('the browser host names the trouble in one sentence before the address, and no stack', async () => {
  const script = fileURLToPath(new URL('../../main/web/main.ts', import.meta.url))
  const file = join(base, 'file')
  writeFileSync(file, '')
  const child = spawn(process.execPath, [script, '--no-open', '--port', '0', '--data', file])
  let out = ''
  let err = ''
  child.stderr.on('data', (piece) => {
    err += piece
  })
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (piece) => {
      out += piece
      if (out.includes('is ready')) resolve()
    })
    child.once('exit', () => resolve())
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exited
  const [sentence, ready] = out.trim().split('\n')
  expect(sentence).toContain(`The data folder was not found (${file}).`)
  expect(ready).toMatch(/^Daftar is ready: http/)
  expect(err).toBe('')
})

it('a book deleted while it is open is there again with all that was saved, before and after', async () => {
  const folder = join(base, 'deleted')
  const engine = engineAt(folder)
  const client = engine.client()
  await client.setup.start(firstRun)
  await client.customers.add({ kind: 'person', first_name: 'پیش از', last_name: 'پاک شدن', channels: [] })
  for (const name of readdirSync(folder)) if (/^daftar\.db(-wal|-shm)?$/.test(name)) rmSync(join(folder, name))
  await client.customers.add({ kind: 'person', first_name: 'پس از', last_name: 'پاک شدن', channels: [] })
  engine.close()
  const again = engineAt(folder).client()
  expect((await again.system.status()).trouble).toBeNull()
  expect((await again.system.check()).problems).toEqual([])
  expect((await again.search.all({ text: 'پاک شدن' })).customers).toHaveLength(2)
})
