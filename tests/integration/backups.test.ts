import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listCopies } from '../../main/db/backup-list.ts'
import { readMeta } from '../../main/db/migrate.ts'
import { insert, patch } from '../../main/db/rows.ts'
import { write } from '../../main/db/write.ts'
import { atExit, everyMinute } from '../../main/modules/backups/keeper.ts'
import { party } from '../../main/modules/customers/table.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'
import type { BackupProgress } from '../../shared/contract/backups.ts'
import { testClock } from '../support/ctx.ts'
import { firstRun, type TestEngine, testEngine } from '../support/engine.ts'

const HOUR = 3_600_000
const clock = testClock()
let engine: TestEngine
let api: Client
let stick: string

beforeEach(async () => {
  engine = testEngine({ clock })
  api = engine.client()
  stick = mkdtempSync(join(tmpdir(), 'daftar-stick-'))
  await api.setup.start(firstRun)
})
afterEach(() => {
  engine.remove()
  rmSync(stick, { recursive: true, force: true })
})

const usual = () => join(engine.folder, 'backups')
const add = (last_name: string) => api.customers.add({ kind: 'person', last_name })
const minute = (isStart = false) => everyMinute(engine.ctx('engine'), isStart ? clock.now() + 1 : null)
const names = (folder = usual()) => (existsSync(folder) ? readdirSync(folder).sort() : [])

async function last(steps: AsyncIterable<BackupProgress>): Promise<BackupProgress> {
  let end: BackupProgress | null = null
  for await (const step of steps) end = step
  return end!
}
const customers = async () => (await api.system.data()).customers
const backUp = async () => (await last(await api.backups.run({}))).files[0]!
const failure = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: { code: string; data: unknown }) => ({ code: error.code, data: error.data }),
  )

describe('a copy', () => {
  test.skipIf(process.platform === 'win32')('is for this user alone (POSIX modes; Windows has none)', async () => {
    await add('کریمی')
    expect(statSync(await backUp()).mode & 0o777).toBe(0o600)
  })

  test('is made, checked, listed and told of in the status', async () => {
    expect(await api.backups.status()).toMatchObject({ newest: null, attention: [], running: false })
    await add('کریمی')
    const file = await backUp()
    expect(basename(file)).toMatch(/^daftar-1405-09-\d\d-\d{4}\.db$/)
    const [copy] = await api.backups.list({})
    expect(copy).toMatchObject({ file, reason: 'hand', customers: 1, state: 'good', own: true, at: clock.now() })
    expect(await api.backups.status()).toMatchObject({ newest: clock.now(), changes: 0, attention: [] })
    await add('رضایی')
    expect(await api.backups.status()).toMatchObject({ changes: 1 })
  })

  test('leaves nothing beside it, neither when it is made nor when it is read, and is never written to', async () => {
    const file = await backUp()
    const before = { bytes: readFileSync(file), time: statSync(file).mtimeMs }
    await api.backups.list({})
    await api.backups.inspect({ file })
    await last(await api.backups.verify({ file }))
    expect(names()).toEqual([basename(file)])
    expect(readFileSync(file).equals(before.bytes)).toBe(true)
    expect(statSync(file).mtimeMs).toBe(before.time)
  })

  test('of the same minute gets a name of its own', async () => {
    const files = [await backUp(), await backUp()]
    expect(new Set(files).size).toBe(2)
    expect(names()).toHaveLength(2)
  })

  test('says what is inside: counts then and now, and who did the last changes when', async () => {
    await api.tasks.add({ title: 'خرید کاغذ' })
    await add('کریمی')
    const file = await backUp()
    await add('رضایی')
    const gone = await api.customers.add({
      kind: 'person',
      last_name: 'رفته',
      channels: [{ kind: 'phone', type: 'mobile', value: '09121230000' }],
    })
    await api.customers.remove({ ids: [gone.id] })
    const inside = await api.backups.inspect({ file })
    expect(inside.counts).toContainEqual({ table: 'party', copy: 1, now: 2 })
    // Phones of a deleted customer are nobody's.
    expect(inside.counts).toContainEqual({ table: 'party_channel', copy: 0, now: 0 })
    expect(inside.counts.map(({ table }) => table)).toEqual(expect.arrayContaining(['task', 'lead']))
    expect(inside.changes[0]).toEqual({
      at: clock.now(),
      user: firstRun.owner_name,
      verb: 'customers.add',
      rows: 2,
      batch: null,
      parties: ['کریمی'],
      subjects: [],
    })
    expect(inside.changes[1]).toMatchObject({ verb: 'tasks.add', parties: [], subjects: ['خرید کاغذ'] })
    // The first run is about none of the many things it wrote.
    expect(inside.changes.at(-1)).toMatchObject({ verb: 'setup.start', parties: [], subjects: [] })
    expect(inside.later).toBe(3)
  })

  test.each([
    ['cut off', (file: string) => truncateSync(file, 20_000), 'damaged'],
    ['overwritten', (file: string) => writeFileSync(file, 'متن '.repeat(5000)), 'not_a_book'],
    ['away', (file: string) => rmSync(file), 'missing'],
  ])('that is %s is refused by verify, inspect and restore', async (_, spoil, why) => {
    const file = await backUp()
    spoil(file)
    const refused = { code: 'BAD_COPY', data: { why } }
    expect(await failure(api.backups.inspect({ file }))).toEqual(refused)
    expect(await failure(api.backups.verify({ file }).then(last))).toEqual(refused)
    expect(await failure(api.backups.restore({ file }).then(last))).toEqual(refused)
    // Nothing was copied for a restore that could not be.
    expect(names().filter((name) => name.includes('before-restore'))).toEqual([])
    await add('کریمی')
    const listed = (await api.backups.list({})).find((copy) => copy.file === file)
    expect(listed?.state).toBe(why === 'missing' ? undefined : 'damaged')
  })

  test('whose rows are fewer than were counted is not taken for whole, though SQLite finds nothing', async () => {
    await add('کریمی')
    const file = await backUp()
    const { default: Database } = await import('better-sqlite3')
    const raw = new Database(file)
    raw.exec('DROP TRIGGER change_log_party_delete; DELETE FROM party')
    raw.close()
    expect(await failure(api.backups.verify({ file }).then(last))).toEqual({
      code: 'BAD_COPY',
      data: { why: 'damaged' },
    })
  })
})

describe('folders', () => {
  test('a chosen folder gets each copy too, checked there', async () => {
    await api.backups.set({ folders: [stick] })
    const end = await last(await api.backups.run({}))
    expect(end.files.map((file) => basename(file))).toEqual([...names(), ...names(stick)])
    expect(names(stick)).toEqual(names())
    expect(listCopies([stick])[0]?.facts?.counts).toEqual(listCopies([usual()])[0]?.facts?.counts)
  })

  test('an absent one is told of, does not keep the others from theirs, and gets its copy when it is back', async () => {
    await api.backups.set({ folders: [stick] })
    rmSync(stick, { recursive: true })
    const end = await last(await api.backups.run({}))
    expect(end.failed).toEqual([{ folder: stick, trouble: 'ABSENT' }])
    expect(names()).toHaveLength(1)
    expect((await api.backups.status()).folders[1]).toMatchObject({ trouble: 'ABSENT', newest: null })
    await minute()
    expect((await api.backups.status()).attention).toEqual([])
    mkdirSync(stick)
    await minute()
    expect(names(stick)).toEqual(names())
    expect((await api.backups.status()).folders[1]).toMatchObject({ trouble: null })
  })

  test.each([
    ['relative', () => 'backups'],
    ['missing', () => join(stick, 'none')],
    ['own', () => join(engine.folder)],
    ['not_a_folder', () => join(engine.folder, 'daftar.log')],
  ])('one that is %s cannot be chosen', async (why, folder) => {
    writeFileSync(join(engine.folder, 'daftar.log'), '')
    expect(await failure(api.backups.set({ folders: [folder()] }))).toEqual({ code: 'BAD_FOLDER', data: { why } })
    expect((await api.backups.settings()).folders).toEqual([])
  })

  test('the same one cannot be chosen twice, and one that is away may stay chosen', async () => {
    expect(await failure(api.backups.set({ folders: [stick, `${stick}/`] }))).toMatchObject({ code: 'BAD_FOLDER' })
    await api.backups.set({ folders: [stick] })
    rmSync(stick, { recursive: true })
    expect(await api.backups.set({ folders: [stick], every_hours: 2 })).toMatchObject({
      folders: [stick],
      every_hours: 2,
    })
    expect(await api.backups.places()).toBeInstanceOf(Array)
  })
})

describe('by itself', () => {
  test('every few hours when something changed, and not when nothing did', async () => {
    await backUp()
    clock.advance(5 * HOUR)
    await minute()
    expect(names()).toHaveLength(1)
    await add('کریمی')
    await minute()
    expect(names()).toHaveLength(2)
    await add('رضایی')
    clock.advance(HOUR)
    await minute()
    expect(names()).toHaveLength(2)
    clock.advance(3 * HOUR)
    await minute()
    expect(names()).toHaveLength(3)
  })

  test('at the exit when something changed; a start that finds changes makes up for an exit that did not', async () => {
    await atExit(engine.ctx('engine'))
    expect(names()).toHaveLength(1)
    await atExit(engine.ctx('engine'))
    expect(names()).toHaveLength(1)
    await add('کریمی')
    await minute()
    expect(names()).toHaveLength(1)
    await minute(true)
    expect(names()).toHaveLength(2)
    await api.backups.set({ on_exit: false })
    await add('رضایی')
    await atExit(engine.ctx('engine'))
    expect(names()).toHaveLength(2)
  })

  test('an exit does not wait for a copy that takes too long', async () => {
    await add('کریمی')
    await atExit(engine.ctx('engine'), undefined, 0)
    expect(names()).toEqual([])
  })

  test('three days without a good copy ask for attention; one that was checked again while nothing changed is good', async () => {
    await backUp()
    clock.advance(73 * HOUR)
    expect((await api.backups.status()).attention).toEqual(['stale'])
    await minute()
    expect((await api.backups.status()).attention).toEqual([])
    const [copy] = await api.backups.list({})
    truncateSync(copy!.file, 20_000)
    clock.advance(25 * HOUR)
    await minute()
    expect(await api.backups.status()).toMatchObject({ newest: null })
  })

  test('a mass change keeps what is older and warns, until somebody says that it is fine', async () => {
    const ctx = engine.ctx()
    const pks = write(ctx, 'customers.add', (tx) =>
      Array.from({ length: 150 }, (_, i) => insert(tx, party, { kind: 'person', last_name: `مشتری ${i}` }).id),
    )
    const aDay = async () => {
      clock.advance(24 * HOUR)
      await add('یک مشتری تازه')
      return basename(await backUp())
    }
    // The first of two of one day is what thinning takes first.
    const older = basename(await backUp())
    clock.advance(60_000)
    await backUp()
    for (let day = 0; day < 3; day++) await aDay()
    expect((await api.backups.status()).mass).toBeNull()
    write(ctx, 'customers.remove', (tx) => {
      for (const id of pks.slice(0, 120)) patch(tx, party, id, { deleted: 1 })
    })
    await aDay()
    expect(await api.backups.status()).toMatchObject({
      attention: ['mass'],
      mass: { table: 'party', changed: 120, deleted: 120, of: 153 },
    })
    await aDay()
    expect(names()).toContain(older)
    expect((await api.backups.settle()).attention).toEqual([])
    await aDay()
    expect(names()).not.toContain(older)
    expect((await api.backups.status()).mass).toBeNull()
  })
})

describe('a restore', () => {
  test('brings the old state back, with the present backed up first, as a new life of the book', async () => {
    await add('کریمی')
    const file = await backUp()
    await add('رضایی')
    const before = { site: readMeta(engine.ctx().db, 'site'), hlc: Number(readMeta(engine.ctx().db, 'hlc')) }
    const heard: string[] = []
    engine.ctx().live.listen(({ tables }) => heard.push(...tables))
    const end = await last(await api.backups.restore({ file }))
    expect(await customers()).toBe(1)
    expect(heard).toContain('book')
    const { db } = engine.ctx()
    expect(readMeta(db, 'site')).toMatch(/^[0-9a-f]{16}$/)
    expect(readMeta(db, 'site')).not.toBe(before.site)
    expect(Number(readMeta(db, 'hlc'))).toBeGreaterThanOrEqual(before.hlc)
    expect(readMeta(db, 'backup')).toBeNull()
    expect((await api.system.check()).problems).toEqual([])
    // The present is one of the copies now, and can be gone back to.
    expect(await api.backups.inspect({ file: end.files[0]! })).toMatchObject({
      copy: { reason: 'restore', customers: 2 },
    })
    expect(await api.backups.status()).toMatchObject({
      restored: { at: clock.now() },
      changes: 0,
    })
    await api.backups.list({})
    await minute(true)
    expect(names()).toHaveLength(2)
    await add('محمدی')
    expect(await api.backups.status()).toMatchObject({ changes: 1 })
    expect(readdirSync(engine.folder)).not.toContain('daftar.db.new')
    await add('احمدی')
    await last(await api.backups.restore({ file: end.files[0]! }))
    expect(await customers()).toBe(2)
    expect(engine.errors).toEqual([])
  })

  test('refuses changes while it runs, and takes them again when it fails', async () => {
    const file = await backUp()
    const steps = (await api.backups.restore({ file }))[Symbol.asyncIterator]()
    await steps.next()
    expect(await failure(add('کریمی'))).toMatchObject({ code: 'READ_ONLY' })
    await steps.return?.(undefined)
    await expect.poll(async () => (await api.backups.status()).running).toBe(false)
    expect(await failure(add('کریمی'))).toBeNull()
  })

  test('over a book that is torn keeps that book as it is, for there can be no copy of it', async () => {
    await add('کریمی')
    const file = await backUp()
    await add('رضایی')
    const { db } = engine.ctx()
    db.raw.pragma('wal_checkpoint(TRUNCATE)')
    const root = db.raw.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'change_row'").pluck().get() as number
    const torn = readFileSync(db.file)
    torn.fill(0xff, (root - 1) * 4096, root * 4096)
    writeFileSync(db.file, torn)
    const end = await last(await api.backups.restore({ file }))
    expect(await customers()).toBe(1)
    expect((await api.system.check()).problems).toEqual([])
    expect(end.files[0]!.startsWith(join(engine.folder, 'kept'))).toBe(true)
    expect(readFileSync(end.files[0]!).subarray((root - 1) * 4096, root * 4096)).toEqual(Buffer.alloc(4096, 0xff))
  })

  test('of a batch that was running marks it as cut off', async () => {
    const { ctx } = { ctx: engine.ctx() }
    ctx.db.raw.exec("INSERT INTO batch (id, kind, state, created_at) VALUES ('b', 'import', 'running', 1)")
    await last(await api.backups.restore({ file: await backUp() }))
    expect(engine.ctx().db.prepare('SELECT state FROM batch').get()).toEqual({ state: 'interrupted' })
  })
})

test('what is remembered survives a file that cannot be read', async () => {
  await api.backups.set({ folders: [stick] })
  await backUp()
  const file = join(engine.folder, 'backups.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"every_hours": 4', '"every_hours": "x"'))
  expect((await api.backups.status()).newest).toBe(clock.now())
  writeFileSync(file, '{ torn')
  expect(await api.backups.settings()).toEqual({ folders: [], every_hours: 4, on_exit: true })
  await minute(true)
  expect((await api.backups.status()).newest).toBe(clock.now())
})
