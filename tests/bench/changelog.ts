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
    const rounds = [0, 1, 2].map((i) => ({
      off: measure(join(folder, `off${i}.db`), n, false),
      on: measure(join(folder, `on${i}.db`), n, true),
    }))
    const median = (pick: (r: (typeof rounds)[number]) => number) => rounds.map(pick).sort((a, b) => a - b)[1]!
    const speed = (key: 'insert' | 'update', mode: 'on' | 'off') => Math.round(n / median((r) => r[mode][key]))
    const row = (what: string, key: 'insert' | 'update', gate: number) => ({
      what,
      unit: 'rows/s',
      without: speed(key, 'off'),
      with: speed(key, 'on'),
      ratio: Number(median((r) => r.off[key] / r.on[key]).toFixed(3)),
      gate: `>= ${gate}`,
    })
    const one = (mode: 'on' | 'off') => median((r) => r[mode].one)
    return {
      name,
      rows: [
        row(`bulk insert of ${n} customers`, 'insert', 0.5),
        row(`bulk update of ${n} customers`, 'update', 0.3),
        {
          what: 'one-row transaction, p50',
          unit: 'ms',
          without: Number(one('off').toFixed(3)),
          with: Number(one('on').toFixed(3)),
          ratio: Number((one('on') / one('off')).toFixed(2)),
          gate: '<= +0.1 ms',
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

const FIRST = ['علی', 'مریم', 'محمدرضا', 'زهرا', 'امیرحسین', 'فاطمه', 'نیلوفر', 'حسین']
const LAST = ['احمدی', 'رضایی', 'کریمی‌نژاد', 'موسوی', 'حسینی', 'قاسم‌پور', 'شریفی', 'اکبری']

/** Seconds for the bulk inserts and updates, milliseconds for one row, bytes. */
function measure(file: string, n: number, log: boolean) {
  const db = openDb(file)
  migrate(db, { versions: { search: 1, sort: 1 } })
  if (!log)
    for (const event of ['insert', 'update', 'delete', 'identity'])
      db.raw.exec(`DROP TRIGGER change_log_party_${event}`)
  const before = pages(db)
  const insert = db.raw.prepare(
    `INSERT INTO party (id, created_at, updated_at, kind, first_name, last_name, national_id, owner_id, about, name, name_sort, city, province, city_sort, phones)
     VALUES (?, ?, ?, 'person', ?, ?, ?, ?, ?, ?, ?, 'شیراز', 'فارس', 'شیراز', ?)`,
  )
  const id = (i: number) => `01930000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`
  const insertSeconds = chunks(db, n, (i) => {
    const [first, last] = [FIRST[i % 8]!, LAST[(i >> 3) % 8]!]
    const at = 1_795_000_000_000 + i
    insert.run(
      id(i),
      at,
      at,
      first,
      last,
      String(1_000_000_000 + i),
      id(1),
      i % 3 ? null : 'مشتری قدیمی، تماس عصرها',
      `${first} ${last}`,
      `${last} ${first}`,
      `912${1_000_000 + i}`,
    )
  })
  const rowBytes = (pages(db) - before) / n
  const update = db.raw.prepare('UPDATE party SET last_name = ?, about = ?, updated_at = ? WHERE id = ?')
  const updateSeconds = chunks(db, n, (i) => update.run(LAST[(i + 1) % 8], 'نشانی تازه دارد', 1_796_000_000_000, id(i)))
  const times: number[] = []
  for (let i = 0; i < 200; i++) {
    const began = performance.now()
    chunks(db, 1, () => update.run(LAST[(i + 2) % 8], `یادداشت ${i}`, 1_797_000_000_000 + i, id((i * 37) % n)))
    times.push(performance.now() - began)
  }
  const sizes = db.raw
    .prepare(
      "SELECT sum(pgsize) AS bytes FROM dbstat WHERE name IN ('change', 'change_row', 'change_by_tx', 'change_tx')",
    )
    .get() as { bytes: number }
  const changes = (db.raw.prepare('SELECT count(*) AS n FROM change').get() as { n: number }).n
  db.close()
  return {
    insert: insertSeconds,
    update: updateSeconds,
    one: times.sort((a, b) => a - b)[100]!,
    logBytes: changes > 0 ? sizes.bytes / changes : 0,
    rowBytes,
  }
}

/** As db/write does it, a transaction a thousand rows, with or without a context for the triggers. */
function chunks(db: Db, n: number, row: (i: number) => void): number {
  const began = performance.now()
  for (let from = 0; from < n; from += 1000) {
    db.raw.exec('BEGIN IMMEDIATE')
    db.prepare('UPDATE change_context SET tx = 1').run()
    for (let i = from; i < Math.min(n, from + 1000); i++) row(i)
    db.prepare('UPDATE change_context SET tx = NULL').run()
    db.raw.exec('COMMIT')
  }
  return (performance.now() - began) / 1000
}

function pages(db: Db): number {
  return (db.raw.pragma('page_count', { simple: true }) as number) * 4096
}
