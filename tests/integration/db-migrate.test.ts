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
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { markDerived, migrate, readMeta, readMigrations, setMeta } from '../../main/db/migrate.ts'
import { APPLICATION_ID, type Db, openDb } from '../../main/db/open.ts'
import { triggerSql } from '../../main/db/triggers.ts'
import { TroubleError } from '../../main/db/trouble.ts'
import { openBook } from '../../main/engine/book.ts'
import type { Ctx } from '../../main/engine/context.ts'
import type { Module } from '../../main/modules/module.ts'
import { Id } from '../../shared/contract/base.ts'
import { Trouble } from '../../shared/contract/system.ts'
import { MANIFEST } from '../../shared/sync/manifest.ts'

const SHIPPED = fileURLToPath(new URL('../../main/db/migrations', import.meta.url))
const versions = { search: 1, sort: 1 }

let root: string
let file: string
let open: Db[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'daftar-migrate-'))
  file = join(root, 'daftar.db')
  open = []
})
afterEach(() => {
  for (const db of open) db.close()
  rmSync(root, { recursive: true, force: true })
})

function book(path = file): Db {
  const db = openDb(path)
  open.push(db)
  return db
}

function shut(db: Db): void {
  open = open.filter((o) => o !== db)
  db.close()
}

function trouble(run: () => unknown): Trouble {
  try {
    run()
  } catch (error) {
    if (error instanceof TroubleError) return Trouble.parse(error.trouble)
    throw error
  }
  throw new Error('no trouble')
}

/** The shipped steps and more of our own, in a folder as a later version would ship it. */
function laterVersion(...more: string[]): string {
  const dir = join(root, `steps-${more.length}-${Math.abs(more.join().length)}`)
  mkdirSync(dir)
  for (const name of readdirSync(SHIPPED)) copyFileSync(join(SHIPPED, name), join(dir, name))
  const next = readMigrations(SHIPPED).length + 1
  for (const [i, sql] of more.entries()) writeFileSync(join(dir, `${String(next + i).padStart(4, '0')}_later.sql`), sql)
  return dir
}

/** A book as version `version` left it, with a customer in it: its tables, and the triggers for those and their columns alone. */
function earlierBook(version: number): void {
  const db = book()
  for (const { sql } of readMigrations(SHIPPED).slice(0, version)) db.raw.exec(sql)
  const columns = (table: string) => db.raw.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table)
  const known = MANIFEST.flatMap((table) => {
    const there = columns(table.name)
    return there.length > 0 ? [{ ...table, fields: table.fields.filter(({ name }) => there.includes(name)) }] : []
  })
  for (const [, sql] of triggerSql(known)) db.raw.exec(sql)
  db.raw.pragma(`application_id = ${APPLICATION_ID}`)
  db.raw.pragma(`user_version = ${version}`)
  for (const key of ['device', 'site', 'trigger_version']) setMeta(db, key, `of version ${version}`)
  markDerived(db, versions)
  db.raw.exec(`UPDATE change_context SET tx = 1;
    INSERT INTO party (id, created_at, updated_at, kind, last_name) VALUES ('p1', 1, 1, 'person', 'کریمی');
    INSERT INTO change_tx (tx, hlc, site, at, verb) VALUES (1, 1, 's', 1, 'customers.add');
    UPDATE change_context SET tx = NULL`)
  shut(db)
}

const lastName = (db: Db) => db.raw.prepare("SELECT last_name FROM party WHERE id = 'p1'").pluck().get()
const newest = readMigrations(SHIPPED).length

test('an empty file becomes a book with an identity, and its derived data is to be made', () => {
  const db = book()
  expect(migrate(db, { versions })).toEqual({ from: 0, to: newest, backup: null, rederive: true })
  expect(Id.safeParse(readMeta(db, 'device')).success).toBe(true)
  expect(readMeta(db, 'site')).toMatch(/^[0-9a-f]{16}$/)
  markDerived(db, versions)
  expect(migrate(db, { versions })).toEqual({ from: newest, to: newest, backup: null, rederive: false })
  expect(migrate(db, { versions: { search: 2, sort: 1 } }).rederive).toBe(true)
  expect(migrate(db, { versions: { search: 1, sort: 2 } }).rederive).toBe(true)
})

test('two new books have different identities', () => {
  const [a, b] = [book(), book(join(root, 'other.db'))]
  for (const db of [a, b]) migrate(db, { versions })
  expect(readMeta(a, 'device')).not.toBe(readMeta(b, 'device'))
  expect(readMeta(a, 'site')).not.toBe(readMeta(b, 'site'))
})

test.each(Array.from({ length: newest }, (_, i) => i + 1))(
  'a book of version %i with data comes up to date and keeps it',
  (version) => {
    earlierBook(version)
    const dir = laterVersion('ALTER TABLE party ADD COLUMN nickname TEXT;')
    const db = book()
    const done = migrate(db, { dir, versions })
    expect(done).toMatchObject({ from: version, to: newest + 1, rederive: false })
    expect(lastName(db)).toBe('کریمی')
    const copy = new Database(done.backup!, { readonly: true })
    // The book knows no time but that of its last change.
    expect(done.backup).toBe(join(root, 'backups', `daftar-1348-10-11-0330-before-v${newest + 1}.db`))
    expect(copy.pragma('user_version', { simple: true })).toBe(version)
    expect(copy.prepare('SELECT count(*) FROM party').pluck().get()).toBe(1)
    copy.close()
    // The triggers are there again.
    expect(() => db.raw.exec("UPDATE party SET last_name = 'x'")).toThrow(/outside/)
  },
)

test('a step may fill in data of synced tables, for its triggers are away, and they come back after it', () => {
  earlierBook(newest)
  const db = book()
  migrate(db, { dir: laterVersion('UPDATE party SET updated_at = 5;'), versions })
  expect(() => db.raw.exec('UPDATE party SET updated_at = 6')).toThrow(/outside/)
})

describe('a failing step', () => {
  test.each([
    [
      'a syntax error in the second of two',
      ['ALTER TABLE party ADD COLUMN a TEXT;', 'CREATE TABEL x;'],
      'MIGRATION_FAILED',
    ],
    [
      'a broken foreign key',
      [
        'CREATE TABLE c (p INTEGER REFERENCES party (pk)) STRICT; PRAGMA defer_foreign_keys = ON; INSERT INTO c VALUES (99);',
      ],
      'MIGRATION_FAILED',
    ],
  ])('%s leaves the old file as it was', (_, more, code) => {
    earlierBook(newest)
    const schema = () => {
      const db = openDb(file, { readonly: true })
      const all = db.raw.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()
      const version = db.raw.pragma('user_version', { simple: true })
      db.close()
      return { all, version }
    }
    const before = schema()
    const db = book()
    expect(trouble(() => migrate(db, { dir: laterVersion(...more), versions })).code).toBe(code)
    expect(schema()).toEqual(before)
    expect(lastName(db)).toBe('کریمی')
    expect(migrate(db, { versions }).to).toBe(newest)
  })

  test('a backup that cannot be made stops it before anything is changed', () => {
    earlierBook(newest)
    writeFileSync(join(root, 'backups'), 'not a folder')
    const db = book()
    expect(trouble(() => migrate(db, { dir: laterVersion('CREATE TABLE a (b) ;'), versions })).code).toBe(
      'MIGRATION_FAILED',
    )
    expect(db.raw.pragma('user_version', { simple: true })).toBe(newest)
  })
})

test('a version that cannot start with the book it migrated puts the old one back, and makes no second copy the next time', () => {
  earlierBook(newest - 1)
  const broken = { name: 'broken', rederiveAll: () => expect.unreachable('a bug') } as unknown as Module
  const open = () => openBook(root, { now: 5, makeCtx: (db) => ({ db, modules: [broken] }) as unknown as Ctx })
  for (let start = 0; start < 2; start++) {
    expect(open).toThrow('a bug')
    const old = new Database(file, { readonly: true })
    expect(old.pragma('user_version', { simple: true })).toBe(newest - 1)
    expect(old.prepare('SELECT last_name FROM party').pluck().all()).toEqual(['کریمی'])
    old.close()
    expect(readdirSync(join(root, 'backups'))).toHaveLength(1)
    expect(readdirSync(root).filter((name) => /kept\/|new|swap/.test(name))).toEqual([])
  }
})

test('a book of a newer version is refused and not one byte of it changes', () => {
  earlierBook(newest)
  const later = book()
  migrate(later, { dir: laterVersion('CREATE TABLE later (x INTEGER) STRICT;'), versions })
  later.raw.pragma('wal_checkpoint(TRUNCATE)')
  shut(later)
  const before = readFileSync(file)
  const db = book()
  expect(trouble(() => migrate(db, { versions })).code).toBe('NEWER_DATABASE')
  shut(db)
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('triggers of another version are made again, without a new schema', () => {
  const db = book()
  migrate(db, { versions })
  db.raw.exec(
    'DROP TRIGGER change_log_tag_update; CREATE TRIGGER change_log_gone_insert AFTER INSERT ON tag BEGIN SELECT 1; END',
  )
  setMeta(db, 'trigger_version', 'older')
  migrate(db, { versions })
  const names = db.raw
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'tag' ORDER BY name")
    .pluck()
    .all()
  expect(names).toEqual(['delete', 'identity', 'insert', 'update'].map((e) => `change_log_tag_${e}`))
})

test('no save merges a whole segment of a search index for what was deleted in it', () => {
  const db = book()
  migrate(db, { versions })
  const setting = (index: string) =>
    db.raw.prepare(`SELECT v FROM ${index}_config WHERE k = 'deletemerge'`).pluck().get()
  expect([setting('party_fts'), setting('note_fts'), setting('task_fts')]).toEqual([0, 0, 0])
})

test('what is no book is refused and kept', () => {
  writeFileSync(file, 'این یک پایگاه داده نیست، بلکه یک متن ساده است. '.repeat(40))
  const before = readFileSync(file)
  expect(trouble(() => openDb(file)).code).toBe('NOT_A_DATABASE')
  expect(readFileSync(file).equals(before)).toBe(true)
  const foreign = join(root, 'foreign.db')
  const other = new Database(foreign)
  other.exec('CREATE TABLE moz_places (id INTEGER)')
  other.close()
  expect(trouble(() => openDb(foreign)).code).toBe('NOT_A_DATABASE')
  mkdirSync(join(root, 'folder.db'))
  expect(trouble(() => openDb(join(root, 'folder.db'))).code).toBe('NOT_A_DATABASE')
})

test('a torn file is called damaged, and a missing folder missing', () => {
  earlierBook(newest)
  const bytes = readFileSync(file)
  bytes.fill(0x5a, 100, 4096)
  writeFileSync(file, bytes)
  expect(trouble(() => migrate(book(), { versions })).code).toBe('DAMAGED')
  expect(trouble(() => openDb(join(root, 'gone', 'daftar.db')))).toMatchObject({
    code: 'FOLDER_MISSING',
    path: join(root, 'gone'),
  })
  expect(existsSync(join(root, 'gone'))).toBe(false)
})

test('a commit is durable and the schema is not trusted', () => {
  const db = book()
  const pragma = (name: string) => db.raw.pragma(name, { simple: true })
  expect(pragma('journal_mode')).toBe('wal')
  expect(pragma('synchronous')).toBe(2)
  expect(pragma('foreign_keys')).toBe(1)
  expect(pragma('trusted_schema')).toBe(0)
  expect(pragma('busy_timeout')).toBe(5000)
  expect(pragma('recursive_triggers')).toBe(1)
  expect(pragma('cache_size')).toBe(-65536)
  expect(pragma('mmap_size')).toBe(67108864)
})
