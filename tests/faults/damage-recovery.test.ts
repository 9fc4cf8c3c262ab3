import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { runCli } from '../../main/cli/run.ts'
import { openDb } from '../../main/db/open.ts'
import type { RecoveredBook, RecoveryWay } from '../../shared/contract/recovery.ts'
import { testClock } from '../support/ctx.ts'
import { firstRun, type TestEngine, testEngine } from '../support/engine.ts'
import { type Life, liveALife } from './damage-book.ts'

let life: Life
let engine: TestEngine | undefined
let folder: string
beforeAll(async () => {
  life = await liveALife(60)
}, 60_000)
afterAll(() => life.remove())
afterEach(() => {
  engine?.remove()
  engine = undefined
  rmSync(folder, { recursive: true, force: true })
})

/** A data folder with the book of this life in it, damaged, and its copy in `backups` when wanted. */
function folderWith(options: { backup: boolean; from?: string; harm?: (file: string) => void }): string {
  folder = mkdtempSync(join(tmpdir(), 'daftar-recovery-'))
  const file = join(folder, 'daftar.db')
  const from = options.from ?? life.closed
  for (const end of ['', '-wal']) if (existsSync(from + end)) copyFileSync(from + end, file + end)
  if (options.backup) {
    mkdirSync(join(folder, 'backups'))
    copyFileSync(life.backup, join(folder, 'backups', 'daftar-1405-09-01-1230.db'))
  }
  options.harm?.(file)
  return file
}
function header(file: string): void {
  const bytes = readFileSync(file)
  bytes.fill(0xa5, 0, 4096)
  writeFileSync(file, bytes)
}

/** The tree of a table begins with nonsense. */
function tear(file: string, table: string): Buffer {
  const db = openDb(life.closed, { readonly: true })
  const root = db.raw.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number
  db.close()
  const bytes = readFileSync(file)
  bytes.fill(0xff, 4096 * (root - 1), 4096 * root)
  writeFileSync(file, bytes)
  return bytes
}

function start(options: { examines?: boolean } = {}): TestEngine {
  engine = testEngine({ folder, clock: testClock(Date.now()), ...options })
  return engine
}

async function troubleOf({ client }: TestEngine): Promise<string | undefined> {
  for (let n = 0; n < 100 && !(await client().system.status()).trouble; n++) await pause(10)
  return (await client().system.status()).trouble?.code
}

async function prepare(way: RecoveryWay): Promise<RecoveredBook> {
  let book: RecoveredBook | null = null
  for await (const step of await engine!.client().recovery.prepare({ way, owner_name: 'مدیر' }))
    book = step.book ?? book
  return book!
}

test('a book without its first page is damaged, not foreign, and its rows come back', async () => {
  const file = folderWith({ backup: false, harm: header })
  const before = readFileSync(file)
  const client = start().client()
  expect((await client.system.status()).trouble).toMatchObject({ code: 'DAMAGED', path: file })
  expect(await client.recovery.state()).toMatchObject({ file, bytes: before.length, copies: [], books: [] })
  const made = await prepare('salvage')
  expect(made.sound).toBe(true)
  expect(made.salvage?.tables.find(({ table }) => table === 'party')).toMatchObject({ lost: 0 })
  expect((await client.recovery.state()).books).toEqual([made])
  const { kept } = await client.recovery.use({ way: 'salvage' })
  expect(readFileSync(join(kept, 'daftar.db')).equals(before)).toBe(true)
  expect(await client.system.status()).toMatchObject({ trouble: null, set_up: true })
  const report = await client.system.check()
  expect(report.problems).toEqual([])
  expect(report.counts['party']).toBe(made.counts.customers)
  expect(existsSync(join(folder, 'recovery'))).toBe(false)
  // It goes on as a book: writing, history, undo.
  const { id } = await client.customers.add({ kind: 'person', last_name: 'پس از نجات' })
  expect((await client.search.all({ text: 'نجات', limit: 5 })).customers.map((hit) => hit.customer.id)).toEqual([id])
})

test('the newest sound copy comes with the changes since then, and a damaged copy is passed over', async () => {
  const file = folderWith({ backup: true, from: life.cut, harm: (path) => void tear(path, 'tag') })
  const newer = join(folder, 'backups', 'daftar-1405-09-01-1300.db')
  copyFileSync(life.backup, newer)
  const bytes = readFileSync(newer)
  bytes.fill(7, bytes.length - 4096 * 40, bytes.length - 4096 * 20)
  writeFileSync(newer, bytes)
  // It was cut off, so the file is looked at.
  expect(await troubleOf(start({ examines: true }))).toBe('DAMAGED')
  const before = ['', '-wal'].map((end) => readFileSync(file + end))
  const client = engine!.client()
  expect((await client.recovery.state()).copies).toHaveLength(2)
  const made = await prepare('backup')
  expect(made).toMatchObject({ way: 'backup', sound: true, salvage: null })
  expect(made.backup).toMatchObject({
    line: 'same',
    changes: life.later,
    changes_lost: 0,
    lines_lost: 0,
    rows: 0,
    damaged_copies: [newer],
  })
  const { kept } = await client.recovery.use({ way: 'backup' })
  const after = ['', '-wal'].map((end) => readFileSync(join(kept, `daftar.db${end}`)))
  expect(after.map((bytes, i) => bytes.equals(before[i]!))).toEqual([true, true])
  expect((await client.system.check()).problems).toEqual([])
  // Taken back as if nothing had happened: what was made again is in the history with its author.
  const { entries } = await client.history.page({ limit: 5 })
  expect(entries[0]?.user_id).toBe((await client.system.status()).user?.id)
  await client.history.undo({ change: entries[0]!.change })
})

test('nothing of it answers while the book is sound, or nothing was made ready', async () => {
  folderWith({ backup: true })
  const client = start().client()
  await expect(client.recovery.state()).rejects.toMatchObject({ code: 'NOT_DAMAGED' })
  await expect(client.recovery.use({ way: 'salvage' })).rejects.toMatchObject({ code: 'NOT_DAMAGED' })
  await expect(prepare('salvage')).rejects.toMatchObject({ code: 'NOT_DAMAGED' })
  engine!.close()
  header(join(folder, 'daftar.db'))
  const again = start().client()
  await expect(again.recovery.use({ way: 'salvage' })).rejects.toMatchObject({ code: 'NOT_PREPARED' })
  rmSync(join(folder, 'backups'), { recursive: true })
  await expect(prepare('backup')).rejects.toMatchObject({ code: 'NO_SOUND_COPY' })
})

test('what was made ready from another state of the file is not taken', async () => {
  const file = folderWith({ backup: false, harm: header })
  const client = start().client()
  await prepare('salvage')
  writeFileSync(`${file}-wal`, 'x')
  expect((await client.recovery.state()).books).toEqual([])
  await expect(client.recovery.use({ way: 'salvage' })).rejects.toMatchObject({ code: 'NOT_PREPARED' })
})

test('a cancelled salvage leaves nothing but the damaged file', async () => {
  const file = folderWith({ backup: false, harm: header })
  const before = readFileSync(file)
  const client = start().client()
  const stop = new AbortController()
  const run = async () => {
    const steps = await client.recovery.prepare({ way: 'salvage', owner_name: 'مدیر' }, { signal: stop.signal })
    for await (const _ of steps) stop.abort()
  }
  await expect(run()).rejects.toThrow()
  await expect.poll(() => readdirSync(join(folder, 'recovery'))).toEqual([])
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('an emptied file is damage when there are copies, and a new book when there are none', async () => {
  const empty = (file: string) => writeFileSync(file, '')
  folderWith({ backup: true, harm: empty })
  const client = start().client()
  expect((await client.system.status()).trouble?.code).toBe('DAMAGED')
  // There is nothing to be seen of another backup that had been restored, and nothing that would be worth opening.
  expect((await prepare('backup')).backup).toMatchObject({ line: 'unread', changes: 0, changes_lost: 0, rows: 0 })
  expect(await prepare('salvage')).toMatchObject({ salvage: { nothing: true }, counts: { customers: 0, notes: 0 } })
  await client.recovery.use({ way: 'backup' })
  expect((await client.system.status()).trouble).toBeNull()
  engine!.remove()
  folderWith({ backup: false, harm: empty })
  expect((await start().client().system.status()).trouble).toBeNull()
})

test('a file overwritten from end to end is damage when there are copies, also in a chosen folder alone', async () => {
  const noise = (file: string) => writeFileSync(file, Buffer.alloc(200_000, 'not a book '))
  const stick = mkdtempSync(join(tmpdir(), 'daftar-stick-'))
  try {
    const file = folderWith({ backup: true, harm: noise })
    const before = readFileSync(file)
    const client = start().client()
    expect((await client.system.status()).trouble).toMatchObject({ code: 'DAMAGED', path: file })
    const made = await prepare('backup')
    expect(made).toMatchObject({ sound: true, counts: { customers: expect.any(Number) } })
    const { kept } = await client.recovery.use({ way: 'backup' })
    expect(readFileSync(join(kept, 'daftar.db')).equals(before)).toBe(true)
    expect((await client.system.data()).customers).toBe(made.counts.customers)
    engine!.remove()
    for (const harm of [noise, (path: string) => writeFileSync(path, '')]) {
      folderWith({ backup: false, harm })
      writeFileSync(join(folder, 'backups.json'), JSON.stringify({ settings: { folders: [stick] } }))
      copyFileSync(life.backup, join(stick, 'daftar-1405-09-01-1230.db'))
      expect((await start().client().system.status()).trouble?.code).toBe('DAMAGED')
      // Something that only has the name of a copy is no reason to take a foreign file for ours.
      engine!.close()
      if (harm === noise) writeFileSync(join(stick, 'daftar-1405-09-01-1230.db'), 'a letter '.repeat(2000))
      const code = harm === noise ? 'NOT_A_DATABASE' : 'DAMAGED'
      expect((await start().client().system.status()).trouble?.code).toBe(code)
      engine!.remove()
    }
  } finally {
    rmSync(stick, { recursive: true, force: true })
  }
})

test('a book that went another way than the copy is told from one whose log cannot be read', async () => {
  folderWith({ backup: true, harm: header })
  const copy = openDb(join(folder, 'backups', 'daftar-1405-09-01-1230.db'))
  copy.raw.exec('UPDATE change_tx SET hlc = hlc + 1')
  copy.close()
  start()
  expect((await prepare('backup')).backup).toMatchObject({ line: 'other', changes: 0, rows: 0 })
  expect((await prepare('salvage')).salvage).toMatchObject({ nothing: false })
})

test('damage that a call meets while working leads to the same place, and the -wal stays as it was', async () => {
  const file = folderWith({ backup: false })
  const client = start().client()
  // A page that the next change does not touch, gone behind the back of the open book.
  await client.customers.add({ kind: 'person', last_name: 'آخرین' })
  const bytes = tear(file, 'activity_party')
  const wal = readFileSync(`${file}-wal`)
  expect(wal.length).toBeGreaterThan(0)
  await client.system.check().catch(() => {})
  expect(await troubleOf(engine!)).toBe('DAMAGED')
  expect(readFileSync(`${file}-wal`).equals(wal)).toBe(true)
  expect(readFileSync(file).equals(bytes)).toBe(true)
  const made = await prepare('salvage')
  await client.recovery.use({ way: 'salvage' })
  expect((await client.system.check()).problems).toEqual([])
  expect(made.counts.customers).toBe((await client.system.data()).customers)
})

const said = { out: '', err: '' }
const daftar = (...args: string[]) => {
  Object.assign(said, { out: '', err: '' })
  const put = (where: 'out' | 'err') => (text: string) => {
    said[where] += text
  }
  return runCli(args, { env: { DAFTAR_LANG: 'en' }, out: put('out'), err: put('err') })
}

test('the command line salvages any file into a book of its own, and writes over nothing', async () => {
  const file = folderWith({ backup: false, harm: header })
  const before = readFileSync(file)
  const to = join(folder, 'saved')
  expect(await daftar('salvage', file, '--to', to, '--json')).toBe(0)
  const told = JSON.parse(said.out) as { file: string; problems: unknown[]; tables: { table: string; saved: number }[] }
  expect(told).toMatchObject({ ok: true, file: join(to, 'daftar.db'), problems: [], owner_made: false })
  expect(told.tables.find(({ table }) => table === 'party')?.saved).toBe(life.end['party']!.length)
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(await daftar('check', '--data', to)).toBe(0)
  expect(await daftar('salvage', file, '--to', to)).toBe(1)
  expect(said.err).toContain('is there already')
  const letter = join(folder, 'letter.txt')
  writeFileSync(letter, 'a letter '.repeat(2000))
  expect(await daftar('salvage', letter)).toBe(1)
  expect(said.err).toContain('No row of a book')
  expect(readdirSync(folder).filter((name) => name.startsWith('salvaged'))).toEqual([])
})

test('the command line makes no book of a file in which nobody is left; the screen knows one that was only begun', async () => {
  folder = mkdtempSync(join(tmpdir(), 'daftar-recovery-'))
  await start().client().setup.start(firstRun)
  engine!.close()
  const file = join(folder, 'daftar.db')
  header(file)
  expect(await daftar('salvage', file, '--to', join(folder, 'saved'))).toBe(1)
  expect(said).toEqual({ out: '', err: expect.stringMatching(/^No customer and no note .*\n$/) })
  expect(existsSync(join(folder, 'saved'))).toBe(false)
  start()
  expect((await prepare('salvage')).salvage).toMatchObject({ nothing: false, owner_made: false })
})
