import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { tick } from '../../shared/sync/clock.ts'
import { type DerivedVersions, markDerived, migrate, setMeta } from './migrate.ts'
import { type Db, openDb } from './open.ts'
import { reconcile } from './salvage-log.ts'
import { openPages } from './salvage-pages.ts'
import { type SalvageRules, shapesOf, type TableShape } from './salvage-rules.ts'
import { scan } from './salvage-scan.ts'
import { GAPS, type SalvagedTable, Sink } from './salvage-sink.ts'
import { TroubleError } from './trouble.ts'

export interface SalvageOptions {
  /** The damaged file; it and its -wal are only read. */
  file: string
  /** Where the new book goes; what is there is written over. */
  target: string
  versions: DerivedVersions
  tables: readonly SQLiteTable[]
  rules: SalvageRules
  /** Epoch ms. */
  now: number
  newId(): string
  /** Name for the owner of the book when no user can be read: without one nobody could open it. */
  ownerName: string
  step?(phase: 'read' | 'log', done: number, total: number): void
}

export interface Salvaged {
  tables: SalvagedTable[]
  /** Parts of tables that could not be read. */
  holes: number
  wal: { pages: number; broken: boolean }
  /** No user could be read: an owner was made, with the id that the log names when it names one. */
  owner_made: boolean
}

/**
 * Makes a new book of everything that can still be read in a damaged one. Nothing is invented: each row was in the book as it is here, or is
 * put together from what the log says of it. Derived columns and search rows are empty still; rederiveAll makes them. The caller closes.
 */
export function salvage(options: SalvageOptions): { db: Db; salvaged: Salvaged } {
  const file = openPages(options.file)
  for (const end of ['', '-wal', '-shm']) rmSync(options.target + end, { force: true })
  let db: Db | undefined
  try {
    db = openDb(options.target)
    // Until the end the file is worth nothing; then it is brought to the disk as a whole.
    db.raw.pragma('synchronous = OFF')
    const { to } = migrate(db, { versions: options.versions })
    markDerived(db, options.versions)
    if (file.header && file.header.userVersion > to) {
      const detail = `schema ${file.header.userVersion}, this version knows ${to}`
      throw new TroubleError('NEWER_DATABASE', options.file, detail)
    }
    const shapes = shapesOf(db, options.tables, options.rules)
    const sink = new Sink(db, shapes)
    db.raw.prepare('UPDATE change_context SET tx = 0, capture = 0').run()
    scan({
      file,
      shapes,
      rules: options.rules,
      row: (shape, row, certain) => sink.add(shape, row, certain),
      hole: (shape, upTo) => sink.hole(shape, upTo),
      step: (pages) => options.step?.('read', Math.min(pages, file.pages), file.pages),
    })
    sink.commit()
    options.step?.('log', 0, 1)
    const owner_made = agree(db, shapes, sink, options)
    const tables = shapes.flatMap((shape) => (shape.name === 'meta' ? [] : sink.countOf(shape)))
    setMeta(db, GAPS, JSON.stringify(sink.gaps()))
    setMeta(db, 'clean_shutdown', '1')
    const wal = { pages: file.fromWal, broken: file.walBroken }
    return { db, salvaged: { tables, holes: sink.holes, wal, owner_made } }
  } catch (error) {
    db?.close()
    throw error
  } finally {
    file.close()
  }
}

/** Everything on the disk, in one file. */
export function finishBook(db: Db): void {
  db.raw.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const fd = openSync(db.file, 'r+')
  fsyncSync(fd)
  closeSync(fd)
}

/** Log and rows made to agree, in one transaction of the log where something had to be added. True when an owner had to be made. */
function agree(db: Db, shapes: readonly TableShape[], sink: Sink, { now, newId, ownerName }: SalvageOptions): boolean {
  sink.countLog()
  const { raw } = db
  nameLostTransactions(db, now)
  const tx = (raw.prepare('SELECT coalesce(max(tx), 0) + 1 AS tx FROM change_tx').get() as { tx: number }).tx
  const { fromLog } = reconcile(db, shapes, sink.uncertain, tx)
  sink.fromLog = fromLog
  raw.exec('BEGIN')
  const owners = raw.prepare("SELECT count(*) AS n FROM user WHERE role = 'owner' AND deleted = 0").get() as {
    n: number
  }
  if (owners.n === 0) {
    raw.prepare('UPDATE change_context SET tx = ?, capture = 1').run(tx)
    raw
      .prepare('INSERT INTO user (id, created_at, updated_at, name, role) VALUES (?, ?, ?, ?, ?)')
      .run(lostUser(db) ?? newId(), now, now, ownerName, 'owner')
  }
  const { last } = raw.prepare('SELECT coalesce(max(hlc), 0) AS last FROM change_tx').get() as { last: number }
  const hlc = Math.max(last, Number(sink.meta.get('hlc')) || 0)
  const stamp = tick(hlc, now)
  if (raw.prepare('SELECT 1 FROM change WHERE tx = ? LIMIT 1').get(tx)) {
    raw
      .prepare(
        `INSERT INTO change_tx (tx, hlc, site, at, verb) VALUES (?, ?, (SELECT value FROM meta WHERE key = 'site'), ?, ?)`,
      )
      .run(tx, stamp, now, 'recovery.salvage')
  }
  raw.prepare('UPDATE change_context SET tx = NULL, capture = 1').run()
  raw.exec('COMMIT')
  // A book that lost changes is another copy of the data from here on (SYNC.md 12): it keeps the site that migrate gave it.
  const device = sink.meta.get('device')
  if (device) setMeta(db, 'device', device)
  setMeta(db, 'hlc', String(stamp))
  return owners.n === 0
}

/** The person that most changes name and nobody is any more. */
function lostUser(db: Db): string | null {
  const row = db.raw
    .prepare(
      `SELECT user FROM change_tx WHERE user IS NOT NULL AND user NOT IN (SELECT id FROM user)
       GROUP BY user ORDER BY count(*) DESC LIMIT 1`,
    )
    .get() as { user: string } | undefined
  return row?.user ?? null
}

/** Changes whose transaction cannot be read any more get one that says just that, at the time of the one before. */
export function nameLostTransactions(db: Db, now: number): void {
  db.raw
    .prepare(
      `INSERT INTO change_tx (tx, hlc, site, at, verb)
       SELECT c.tx, coalesce(b.hlc, 0), coalesce(b.site, (SELECT value FROM meta WHERE key = 'site')), coalesce(b.at, ?), 'recovery.unknown'
       FROM (SELECT DISTINCT tx FROM change WHERE tx NOT IN (SELECT tx FROM change_tx)) c
       LEFT JOIN change_tx b ON b.tx = (SELECT max(tx) FROM change_tx p WHERE p.tx < c.tx)`,
    )
    .run(now)
}
