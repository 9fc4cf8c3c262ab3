import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../main/db/migrate.ts'
import { type Db, openDb } from '../../main/db/open.ts'

export const name = 'changelog'

/**
 * What the change log costs on `party`: bulk insert and update of the same rows with its triggers and without any, in one run on one
 * disk; the price of a one-row transaction; bytes of log a change. Median of three.
 */
export async function run(
  options: { scale?: number } = {},
): Promise<{ name: string; rows: Array<Record<string, string | number>> }> {
  const n = options.scale ?? 50_000
  const folder = mkdtempSync(join(tmpdir(), 'daftar-bench-'))
  try {
    const rounds = [0, 1, 2].map((i) => measure(join(folder, `off${i}.db`), join(folder, `on${i}.db`), n))
    const median = (pick: (r: (typeof rounds)[number]) => number) => rounds.map(pick).sort((a, b) => a - b)[1]!
    const speed = (key: 'insert' | 'update', mode: 'on' | 'off') => Math.round(n / median((r) => r[mode][key]))
    const row = (what: string, key: 'insert' | 'update', gate: number) => ({
      what,
      unit: 'rows/s',
      without: speed(key, 'off'),
      with: speed(key, 'on'),
      ratio: Number(median((r) => r.off[key] / r.on[key]).toFixed(3)),
      gate: verdict(median((r) => r.off[key] / r.on[key]) >= gate, `>= ${gate}`),
    })
    const one = (mode: 'on' | 'off') => median((r) => r[mode].one)
    return {
      name,
      rows: [
        row(`bulk insert of ${n} customers (P5)`, 'insert', 0.5),
        row(`bulk update of ${n} customers (P5)`, 'update', 0.3),
        {
          what: 'one-row transaction, p50 (P6)',
          unit: 'ms',
          without: Number(one('off').toFixed(3)),
          with: Number(one('on').toFixed(3)),
          ratio: Number((one('on') / one('off')).toFixed(2)),
          gate: verdict(one('on') - one('off') <= 0.1, '<= +0.1 ms'),
        },
        {
          what: 'log on disk, a change',
          unit: 'bytes',
          without: 0,
          with: Math.round(rounds[0]!.on.logBytes),
          ratio: Number((rounds[0]!.on.logBytes / rounds[0]!.on.rowBytes).toFixed(2)),
          gate: '',
        },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const verdict = (met: boolean, gate: string) => `${met ? 'ok' : 'MISSED'} (${gate})`

const FIRST = ['علی', 'مریم', 'محمدرضا', 'زهرا', 'امیرحسین', 'فاطمه', 'نیلوفر', 'حسین']
const LAST = ['احمدی', 'رضایی', 'کریمی‌نژاد', 'موسوی', 'حسینی', 'قاسم‌پور', 'شریفی', 'اکبری']

const INSERT = `INSERT INTO party (id, created_at, updated_at, kind, first_name, last_name, national_id, owner_id, about, name, name_sort, city, province, city_sort, phones)
  VALUES (?, ?, ?, 'person', ?, ?, ?, ?, ?, ?, ?, 'شیراز', 'فارس', 'شیراز', ?)`
const UPDATE = 'UPDATE party SET last_name = ?, about = ?, updated_at = ? WHERE id = ?'
const id = (i: number) => `01930000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`

/** A book without the log's triggers and one with them, the same rows in both. Seconds for the bulk work, milliseconds for one row (p50), bytes. */
function measure(offFile: string, onFile: string, n: number) {
  const [off, on] = [bookAt(offFile, false), bookAt(onFile, true)]
  try {
    const before = pages(on)
    const insert = inTurns([off, on], n, 1000, (db, i) => {
      const [first, last, at] = [FIRST[i % 8]!, LAST[(i >> 3) % 8]!, 1_795_000_000_000 + i]
      const about = i % 3 ? null : 'مشتری قدیمی، تماس عصرها'
      const names = [`${first} ${last}`, `${last} ${first}`]
      const phone = `912${1_000_000 + i}`
      db.prepare(INSERT).run(id(i), at, at, first, last, String(1_000_000_000 + i), id(1), about, ...names, phone)
    })
    const rowBytes = (pages(on) - before) / n
    const update = inTurns([off, on], n, 1000, (db, i) =>
      db.prepare(UPDATE).run(LAST[(i + 1) % 8], 'نشانی تازه دارد', 1_796_000_000_000, id(i)),
    )
    const one = inTurns([off, on], 500, 1, (db, i) =>
      db.prepare(UPDATE).run(LAST[(i + 2) % 8], `یادداشت ${i}`, 1_797_000_000_000 + i, id((i * 37) % n)),
    )
    const sizes = on.raw
      .prepare(
        "SELECT sum(pgsize) AS bytes FROM dbstat WHERE name IN ('change', 'change_row', 'change_by_tx', 'change_tx')",
      )
      .get() as { bytes: number }
    const changes = (on.raw.prepare('SELECT count(*) AS n FROM change').get() as { n: number }).n
    const sum = (ms: number[]) => ms.reduce((total, t) => total + t, 0) / 1000
    const middle = (ms: number[]) => [...ms].sort((a, b) => a - b)[ms.length >> 1]!
    const of = (k: 0 | 1) => ({ insert: sum(insert[k]!), update: sum(update[k]!), one: middle(one[k]!) })
    return { off: of(0), on: { ...of(1), logBytes: sizes.bytes / changes, rowBytes } }
  } finally {
    off.close()
    on.close()
  }
}

function bookAt(file: string, log: boolean): Db {
  const db = openDb(file)
  migrate(db, { versions: { search: 1, sort: 1 } })
  if (!log)
    for (const event of ['insert', 'update', 'delete', 'identity'])
      db.raw.exec(`DROP TRIGGER change_log_party_${event}`)
  return db
}

/** Milliseconds of each transaction of `size` rows in each book, as db/write does it. They take turns, so that a busy machine is so for both. */
function inTurns(books: readonly Db[], n: number, size: number, row: (db: Db, i: number) => unknown): number[][] {
  const times = books.map(() => [] as number[])
  for (let from = 0; from < n; from += size) {
    for (const [k, db] of books.entries()) {
      const began = performance.now()
      db.raw.exec('BEGIN IMMEDIATE')
      db.prepare('UPDATE change_context SET tx = 1').run()
      for (let i = from; i < Math.min(n, from + size); i++) row(db, i)
      db.prepare('UPDATE change_context SET tx = NULL').run()
      db.raw.exec('COMMIT')
      times[k]!.push(performance.now() - began)
    }
  }
  return times
}

function pages(db: Db): number {
  return (db.raw.pragma('page_count', { simple: true }) as number) * 4096
}
