import { rmSync } from 'node:fs'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import {
  FIELD_CREATED_AT,
  FIELD_ID,
  KIND,
  MANIFEST,
  type TableSpec,
  tableById,
  tableByName,
} from '../../shared/sync/manifest.ts'
import { setMeta } from './migrate.ts'
import type { Db, Statement } from './open.ts'
import { isNewer, one, setRow, takeNewer } from './salvage-newer.ts'
import { openPages } from './salvage-pages.ts'
import { fieldsOf, fits, type SalvageRules, shapesOf, type TableShape } from './salvage-rules.ts'
import { type Row, scan } from './salvage-scan.ts'

export interface ReplayOptions {
  /** The damaged file; it and its -wal are only read. */
  file: string
  tables: readonly SQLiteTable[]
  rules: SalvageRules
  /** Epoch ms. */
  now: number
  step?(phase: 'read' | 'log', done: number, total: number): void
}

/**
 * Whether the damaged book went on from this copy: `other` when it went another way (an older one had been restored in between), `unread` when
 * too little of its log could be read to tell. Only with `same` anything is added to the copy.
 */
export type LogLine = 'same' | 'other' | 'unread'

export interface Replayed {
  line: LogLine
  /** Changes (transactions) made again, at least in part; and those of which nothing could be read, at least. */
  changes: number
  changes_lost: number
  /** Single rows written by them, and those that could not be read or had nothing to stand on. */
  lines: number
  lines_lost: number
  /** Rows taken as they stand in the damaged tables, since their change could not be read. */
  rows: number
  /** Epoch ms of the last change that is in the book now; null when the log is empty. */
  last_at: number | null
  /** Rows written, by table, for whoever derives from them. */
  touched: Map<string, Set<number>>
}

interface Line {
  seq: number
  tx: number
  tbl: number
  row: number
  kind: number
  f: string
}
interface Past {
  tx: number
  seq: number
}

/** How many of the last transactions before the copy must agree; the newest that can be read decides. */
const COMPARED = 20

/**
 * Brings a copy of the book up to what the change log of the damaged file still says: each readable transaction after the copy's last one is
 * made again under its own number, time and user, through the same triggers, so that history and undo go on. The copy must be migrated; its
 * derived columns are the caller's to make again (`touched`).
 */
export function replay(db: Db, options: ReplayOptions): Replayed {
  const { raw } = db
  const past: Past = {
    tx: one(db, 'SELECT coalesce(max(tx), 0) AS n FROM change_tx'),
    seq: one(db, 'SELECT coalesce(max(seq), 0) AS n FROM change'),
  }
  const scratch = `${db.file}.log`
  const drop = () => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(scratch + end, { force: true })
  }
  drop()
  raw.prepare('ATTACH ? AS found').run(scratch)
  try {
    raw.pragma('found.journal_mode = OFF')
    raw.pragma('found.synchronous = OFF')
    raw.pragma('synchronous = OFF')
    const shapes = shapesOf(db, options.tables, options.rules)
    const line = collect(db, shapes, past, options)
    const done: Replayed = {
      line,
      changes: 0,
      changes_lost: 0,
      lines: 0,
      lines_lost: 0,
      rows: 0,
      last_at: null,
      touched: new Map(),
    }
    if (line === 'same') {
      makeAgain(db, shapes, past, done, options)
      for (const { table, pk } of takeNewer(db, options.now)) {
        done.rows++
        touch(done, table, pk)
      }
    }
    const last = raw.prepare('SELECT at FROM change_tx ORDER BY tx DESC LIMIT 1').get() as { at: number } | undefined
    return { ...done, last_at: last?.at ?? null }
  } finally {
    raw.exec('DETACH found')
    drop()
    raw.pragma('synchronous = FULL')
  }
}

/**
 * The log of the damaged file beside the copy, as tables `found.change`, `found.change_tx` and `found.batch`, and rows that are newer in it than
 * in the copy.
 */
function collect(db: Db, shapes: readonly TableShape[], past: Past, options: ReplayOptions): LogLine {
  const { raw } = db
  const wanted = new Set(['change', 'change_tx', 'batch', ...MANIFEST.map(({ name }) => name)])
  for (const name of wanted) {
    const { sql } = raw.prepare('SELECT sql FROM main.sqlite_schema WHERE name = ?').get(name) as { sql: string }
    raw.exec(sql.replace(/CREATE TABLE\s+"?\w+"?/i, `CREATE TABLE found."${name}"`))
  }
  const inserts = new Map<string, Statement>()
  const insert = (shape: TableShape, row: Row) => {
    const columns = Object.keys(row)
    const key = `${shape.name} ${columns.length}`
    let statement = inserts.get(key)
    if (!statement) {
      const names = columns.map((c) => `"${c}"`).join(', ')
      statement = raw.prepare<unknown[]>(
        `INSERT OR IGNORE INTO found."${shape.name}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
      )
      inserts.set(key, statement)
    }
    statement.run(...Object.values(row))
  }
  const file = openPages(options.file)
  raw.exec('BEGIN')
  try {
    scan({
      file,
      shapes: shapes.filter(({ name }) => wanted.has(name)),
      rules: options.rules,
      row(shape, row, certain) {
        if (tableByName(shape.name) && !(certain && isNewer(db, shape.name, row))) return
        if (shape.name === 'change' && (row['seq'] as number) <= past.seq - COMPARED) return
        if (shape.name === 'change_tx' && (row['tx'] as number) <= past.tx - COMPARED) return
        insert(shape, row)
      },
      hole() {},
      step: (pages) => options.step?.('read', Math.min(pages, file.pages), file.pages),
    })
  } finally {
    raw.exec('COMMIT')
    file.close()
  }
  return lineOf(db, past)
}

/** The newest transaction both have reads the same in both; where none can be read, the newest line of the log does. */
function lineOf(db: Db, past: Past): LogLine {
  // Whatever was done in the book came after a copy in which nothing was done yet.
  if (past.tx === 0) return one(db, 'SELECT count(*) AS n FROM found.change') > 0 ? 'same' : 'unread'
  const txs = db.raw
    .prepare(
      `SELECT f.hlc = m.hlc AND f.at = m.at AND f.verb = m.verb AS same FROM found.change_tx f JOIN main.change_tx m ON m.tx = f.tx
       WHERE f.tx <= ? ORDER BY f.tx DESC LIMIT 1`,
    )
    .get(past.tx) as { same: number } | undefined
  if (txs) return txs.same === 1 ? 'same' : 'other'
  const lines = db.raw
    .prepare(
      `SELECT f.tx = m.tx AND f.tbl = m.tbl AND f.row = m.row AND f.f = m.f AS same FROM found.change f JOIN main.change m ON m.seq = f.seq
       WHERE f.seq <= ? ORDER BY f.seq DESC LIMIT 1`,
    )
    .get(past.seq) as { same: number } | undefined
  if (!lines) return 'unread'
  return lines.same === 1 ? 'same' : 'other'
}

function makeAgain(db: Db, shapes: readonly TableShape[], past: Past, done: Replayed, options: ReplayOptions): void {
  const { raw } = db
  const last = Math.max(
    one(db, 'SELECT max(tx) AS n FROM found.change_tx'),
    one(db, 'SELECT max(tx) AS n FROM found.change'),
  )
  const lastSeq = one(db, 'SELECT max(seq) AS n FROM found.change')
  const read = one(db, 'SELECT count(*) AS n FROM found.change WHERE seq > ?', past.seq)
  // Long work that those changes belong to: without it they could not be taken back as one.
  raw.exec(
    `INSERT OR IGNORE INTO main.batch SELECT * FROM found.batch WHERE id IN (SELECT batch FROM found.change_tx WHERE tx > ${past.tx})`,
  )
  const txs = raw
    .prepare('SELECT DISTINCT tx FROM found.change WHERE tx > ? AND seq > ? ORDER BY tx')
    .pluck()
    .all(past.tx, past.seq) as number[]
  const linesOf = raw.prepare('SELECT * FROM found.change WHERE tx = ? ORDER BY seq')
  const hasTx = raw.prepare('SELECT * FROM found.change_tx WHERE tx = ?')
  const logged = raw.prepare('SELECT 1 FROM main.change WHERE tx = ? LIMIT 1')
  const context = raw.prepare('UPDATE change_context SET tx = ?, capture = 1 WHERE one = 1')
  const putTx = raw.prepare(
    `INSERT INTO main.change_tx (tx, hlc, base, user, site, at, verb, batch, undoes) VALUES (@tx, @hlc, @base, @user, @site, @at, @verb, @batch, @undoes)`,
  )
  const before = raw.prepare('SELECT hlc, site, at FROM main.change_tx ORDER BY tx DESC LIMIT 1')
  let lines = 0
  for (const [n, tx] of txs.entries()) {
    options.step?.('log', n, txs.length)
    raw.exec('BEGIN')
    context.run(tx)
    const known = hasTx.get(tx) as Record<string, unknown> | undefined
    const prior = before.get() as { hlc: number; site: string; at: number } | undefined
    const unknown = { base: 0, user: null, verb: 'recovery.unknown', batch: null, undoes: null }
    const entry = known ?? {
      tx,
      hlc: prior?.hlc ?? 0,
      site: prior?.site ?? '',
      at: prior?.at ?? options.now,
      ...unknown,
    }
    for (const line of linesOf.all(tx) as Line[]) {
      const table = tableById(line.tbl)
      const shape = table && shapes.find(({ name }) => name === table.name)
      if (!table || !shape || !apply(db, table, shape, line, entry['at'] as number)) continue
      lines++
      touch(done, table.name, line.row)
    }
    // A transaction of which nothing is left leaves no empty entry in the history.
    if (logged.get(tx)) {
      putTx.run(entry)
      done.changes++
    }
    context.run(null)
    raw.exec('COMMIT')
  }
  done.lines = lines
  done.lines_lost = Math.max(0, lastSeq - past.seq - read) + (read - lines)
  done.changes_lost = Math.max(0, last - past.tx - done.changes)
  const hlc = one(db, 'SELECT max(hlc) AS n FROM main.change_tx')
  if (hlc > one(db, "SELECT CAST(value AS INTEGER) AS n FROM meta WHERE key = 'hlc'")) setMeta(db, 'hlc', String(hlc))
}

function touch({ touched }: Replayed, table: string, pk: number): void {
  const known = touched.get(table)
  if (known) known.add(pk)
  else touched.set(table, new Set([pk]))
}

/** One line of the log, on the row it speaks of. False when that is not there, or is another. */
function apply(db: Db, table: TableSpec, shape: TableShape, { row, kind, f }: Line, at: number): boolean {
  const given = fieldsOf(f) ?? {}
  const values: Row = {}
  for (const field of table.fields) {
    const value = given[field.id]
    if (!value) continue
    const column = shape.columns.find(({ name }) => name === field.name)
    if (!column || !fits(column, value[0])) return false
    values[field.name] = value[0]
  }
  if (kind !== KIND.put) return !given[FIELD_ID] && setRow(db, table, row, values, at)
  if (!given[FIELD_ID] || !given[FIELD_CREATED_AT]) return false
  const there = db.prepare(`SELECT id FROM main."${table.name}" WHERE pk = ?`).get(row) as { id: string } | undefined
  if (there) {
    // A salvage before this one logged the row anew.
    const { id, created_at, ...rest } = values
    return there.id === id && setRow(db, table, row, rest, at)
  }
  const full: Row = { pk: row, updated_at: at, deleted: 0, ...values }
  const names = Object.keys(full).map((c) => `"${c}"`)
  // A row that lacks what its table asks for, or whose id is taken, stays out.
  const sql = `INSERT OR IGNORE INTO main."${table.name}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  return db.prepare(sql).run(...Object.values(full)).changes > 0
}
