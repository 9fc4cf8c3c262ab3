import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { uuidV5 } from '../engine/ids.ts'
import { copyNow } from './backup-copy.ts'
import { listCopies } from './backup-list.ts'
import { backupsFolder } from './backup-name.ts'
import { verifyCopy } from './backup-verify.ts'
import { APPLICATION_ID, type Db } from './open.ts'
import { toTrouble } from './sqlite-errors.ts'
import { triggerSql, triggerVersion } from './triggers.ts'
import { TroubleError } from './trouble.ts'

/** Rises with a change of the weight table of main/db sort keys or of the search tokens: derived rows are then made again. */
export interface DerivedVersions {
  search: number
  sort: number
}

export interface MigrateOptions {
  /** Folder of the numbered .sql files; a bundle ships it next to itself. */
  dir?: string
  versions: DerivedVersions
  /** Epoch ms, for the name of the copy; the time of the book's last change when not given. */
  now?: number
  random?: (bytes: number) => Uint8Array
}

export interface Migrated {
  /** user_version before (0: the file was empty) and after. */
  from: number
  to: number
  /** Copy made before an existing book was changed. */
  backup: string | null
  /** Derived data is from another version (or there is none yet): run the modules' rederiveAll, then markDerived. */
  rederive: boolean
}

interface Step {
  version: number
  sql: string
}

export function readMigrations(dir: string): Step[] {
  const steps = readdirSync(dir)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ version: Number(name.slice(0, 4)), sql: readFileSync(join(dir, name), 'utf8') }))
  steps.forEach((step, i) => {
    if (step.version !== i + 1) throw new Error(`migrations are not numbered 1..n: ${step.version} at place ${i + 1}`)
  })
  if (steps.length === 0) throw new Error(`no migrations in ${dir}`)
  return steps
}

const SHIPPED = new URL('./migrations', import.meta.url)

/** The schema this version makes of every book. */
export const newestSchema = (): number => readMigrations(fileURLToPath(SHIPPED)).length

/**
 * Brings the file to the newest schema (ARCHITECTURE.md rule 7). All pending steps, the checks and the new triggers are one transaction:
 * a failure anywhere leaves the file as it was. Steps are additive DDL; data that must be filled in is written later through `write`, where
 * it is logged. Throws TroubleError NEWER_DATABASE (file untouched), MIGRATION_FAILED, DISK_FULL, DAMAGED.
 */
export function migrate(db: Db, options: MigrateOptions): Migrated {
  const { raw, file } = db
  try {
    const steps = readMigrations(options.dir ?? fileURLToPath(SHIPPED))
    const from = raw.pragma('user_version', { simple: true }) as number
    const to = steps.length
    if (from > to) throw new TroubleError('NEWER_DATABASE', file, `schema ${from}, this version knows ${to}`)
    const pending = steps.slice(from)
    const triggers = triggerVersion()
    let backup: string | null = null
    if (pending.length > 0 && from > 0) backup = backUp(db, to, options.now)
    if (pending.length > 0 || readMeta(db, 'trigger_version') !== triggers) {
      raw.exec('BEGIN IMMEDIATE')
      try {
        dropTriggers(db)
        for (const step of pending) raw.exec(step.sql)
        if (from === 0) setUp(db, options.random ?? randomBytes)
        for (const [, sql] of triggerSql()) raw.exec(sql)
        setMeta(db, 'trigger_version', triggers)
        setMeta(db, 'schema', String(to))
        if (pending.length > 0) check(db)
        raw.pragma(`user_version = ${to}`)
        raw.exec('COMMIT')
      } catch (error) {
        if (raw.inTransaction) raw.exec('ROLLBACK')
        throw error
      }
    }
    return { from, to, backup, rederive: needsRederive(db, options.versions) }
  } catch (error) {
    throw toTrouble(error, file, 'MIGRATION_FAILED')
  }
}

/** After rederiveAll of every module: what is in the file now is of these versions. */
export function markDerived(db: Db, versions: DerivedVersions): void {
  setMeta(db, 'search_version', String(versions.search))
  setMeta(db, 'sort_version', String(versions.sort))
}

function needsRederive(db: Db, versions: DerivedVersions): boolean {
  return (
    readMeta(db, 'search_version') !== String(versions.search) || readMeta(db, 'sort_version') !== String(versions.sort)
  )
}

export function readMeta(db: Db, key: string): string | null {
  const there = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'").get()
  if (!there) return null
  const row = db.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined
  return row?.value ?? null
}

export function setMeta(db: Db, key: string, value: string): void {
  db.raw
    .prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run(key, value)
}

/** A new book: it gets its identity (device, and site = this copy of the data), before its first row. */
function setUp(db: Db, random: (bytes: number) => Uint8Array): void {
  db.raw.pragma(`application_id = ${APPLICATION_ID}`)
  setMeta(db, 'device', uuidV5('device', Buffer.from(random(16)).toString('hex')))
  setMeta(db, 'site', Buffer.from(random(8)).toString('hex'))
}

function dropTriggers(db: Db): void {
  const names = db.raw
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'change\\_log\\_%' ESCAPE '\\'")
    .all() as { name: string }[]
  for (const { name } of names) db.raw.exec(`DROP TRIGGER "${name}"`)
}

function check(db: Db): void {
  const orphans = db.raw.pragma('foreign_key_check') as unknown[]
  if (orphans.length > 0) throw new Error(`foreign_key_check: ${JSON.stringify(orphans[0])}`)
  const quick = db.raw.pragma('quick_check(1)', { simple: true })
  if (quick !== 'ok') throw new TroubleError('DAMAGED', db.file, String(quick))
}

/** A verified copy of the book, named by the schema it is about to get; an earlier one that holds just the same will do. Gives its path. */
function backUp(db: Db, to: number, now: number | undefined): string {
  const folder = backupsFolder(dirname(db.file))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const last = db.raw.prepare('SELECT max(tx) AS tx, coalesce(max(at), 0) AS at FROM change_tx').get()
  const { tx, at } = last as { tx: number | null; at: number }
  const site = readMeta(db, 'site')
  for (const { path, facts } of listCopies([folder])) {
    if (facts?.reason !== 'migration' || facts.site !== site || facts.tx !== (tx ?? 0)) continue
    try {
      verifyCopy(path)
      return path
    } catch {
      // Then a new one.
    }
  }
  return copyNow(db.raw, folder, now ?? at, to).path
}
