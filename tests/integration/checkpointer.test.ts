import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Checkpointer } from '../../main/db/checkpointer.ts'
import { type Db, openDb } from '../../main/db/open.ts'

const MB = 2 ** 20
/** 8 MB of frames. */
const LIMIT = 2000
let folder: string
let db: Db
let now = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daftar-checkpointer-'))
  db = openDb(join(folder, 'daftar.db'))
  db.raw.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB)')
})
afterEach(() => {
  if (db.raw.open) db.close()
  rmSync(folder, { recursive: true, force: true })
})

const walBytes = () => statSync(`${db.file}-wal`).size
const rows = (file: string) => {
  const other = new Database(file, { readonly: true })
  const { n } = other.prepare('SELECT count(*) AS n FROM t').get() as { n: number }
  other.close()
  return n
}

/** Writes `chunks` transactions of one megabyte, half a second of the batch's clock apart. */
async function writeChunks(checkpointer: Checkpointer, chunks: number, each = () => {}): Promise<void> {
  const insert = db.raw.prepare('INSERT INTO t (b) VALUES (zeroblob(4000))')
  for (let chunk = 0; chunk < chunks; chunk++) {
    db.raw.transaction(() => {
      for (let i = 0; i < 256; i++) insert.run()
    })()
    each()
    now += 500
    await checkpointer.between(now)
  }
}

test('a long batch has its WAL carried over beside it, and it does not grow without end', async () => {
  const checkpointer = new Checkpointer(db, 4000, now, LIMIT)
  let most = 0
  await writeChunks(checkpointer, 40, () => {
    most = Math.max(most, walBytes())
  })
  expect(most).toBeGreaterThan(5 * MB)
  expect(most).toBeLessThan(20 * MB)
  await checkpointer.end(1000)
  expect(db.raw.pragma('wal_autocheckpoint', { simple: true })).toBe(1000)
  // All of it is in the book itself, and nobody else has it open: the last connection takes the WAL with it.
  expect(statSync(db.file).size).toBeGreaterThan(40 * MB)
  db.close()
  expect(existsSync(`${db.file}-wal`)).toBe(false)
  expect(rows(db.file)).toBe(40 * 256)
})

test('somebody who reads an older state neither holds the batch up nor sees what it writes', async () => {
  const checkpointer = new Checkpointer(db, 4000, now, LIMIT)
  await writeChunks(checkpointer, 3)
  const reader = new Database(db.file, { readonly: true })
  reader.exec('BEGIN')
  const count = () => (reader.prepare('SELECT count(*) AS n FROM t').get() as { n: number }).n
  expect(count()).toBe(768)
  await writeChunks(checkpointer, 15)
  expect(count()).toBe(768)
  reader.close()
  await writeChunks(checkpointer, 15)
  const grown = walBytes()
  await writeChunks(checkpointer, 15)
  expect(walBytes()).toBe(grown)
  await checkpointer.end(1000)
})

test('a book closed in the middle of a batch is closed by all', async () => {
  const checkpointer = new Checkpointer(db, 4000, now, LIMIT)
  await writeChunks(checkpointer, 20)
  now += 500
  const waiting = checkpointer.between(now)
  db.close()
  await waiting
  await checkpointer.end(1000)
  expect(existsSync(`${db.file}-wal`)).toBe(false)
  expect(rows(db.file)).toBe(20 * 256)
})

test('a short batch needs no thread', async () => {
  const checkpointer = new Checkpointer(db, 4000, now, LIMIT)
  await checkpointer.between(now + 150)
  expect(db.raw.pragma('wal_autocheckpoint', { simple: true })).toBe(4000)
  await checkpointer.between(now + 500)
  expect(db.raw.pragma('wal_autocheckpoint', { simple: true })).toBe(0)
  await checkpointer.end(1000)
  expect(db.raw.pragma('wal_autocheckpoint', { simple: true })).toBe(1000)
})

test('a command that has nothing else to live for sees the end of its batch', () => {
  const at = (path: string) => JSON.stringify(new URL(`../../main/db/${path}`, import.meta.url).href)
  const code = `
    import { Checkpointer } from ${at('checkpointer.ts')}
    import { openDb } from ${at('open.ts')}
    const db = openDb(${JSON.stringify(join(folder, 'another.db'))})
    db.raw.exec('CREATE TABLE t (n)')
    const checkpointer = new Checkpointer(db, 4000, 0)
    await checkpointer.between(1000)
    db.raw.exec('INSERT INTO t VALUES (1)')
    await checkpointer.end(1000)
    db.close()
    console.log('ended')`
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })).toBe('ended\n')
})
