import { tick } from '../../shared/sync/clock.ts'
import { MANIFEST, type TableSpec } from '../../shared/sync/manifest.ts'
import { setMeta } from './migrate.ts'
import type { Db } from './open.ts'
import type { Row } from './salvage-scan.ts'

/** The one number a query gives. */
export const one = (db: Db, sql: string, ...values: unknown[]) =>
  (db.raw.prepare(sql).get(...values) as { n: number | null }).n ?? 0

/** A row of the damaged file that the copy lacks, or has an older state of. */
export const isNewer = (db: Db, table: string, row: Row): boolean => {
  const known = db.prepare(`SELECT updated_at AS at FROM main."${table}" WHERE pk = ?`).get(row['pk']) as
    | { at: number }
    | undefined
  return !known || known.at < (row['updated_at'] as number)
}

/** What the log no longer says may still stand in the rows themselves: those that are newer there than here, in a transaction of its own. Gives the rows it wrote. */
export function takeNewer(db: Db, now: number): { table: string; pk: number }[] {
  const { raw } = db
  const taken: { table: string; pk: number }[] = []
  const tx = one(db, 'SELECT max(tx) AS n FROM main.change_tx') + 1
  raw.exec('BEGIN')
  raw.prepare('UPDATE change_context SET tx = ?, capture = 1').run(tx)
  for (const table of MANIFEST) {
    const columns = (raw.pragma(`found.table_info("${table.name}")`) as { name: string }[]).map(
      ({ name }) => `"${name}"`,
    )
    const here = raw.prepare(`SELECT * FROM main."${table.name}" WHERE pk = ?`)
    const insert = raw.prepare(
      `INSERT OR IGNORE INTO main."${table.name}" (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM found."${table.name}" WHERE pk = ?`,
    )
    for (const row of raw.prepare(`SELECT * FROM found."${table.name}" ORDER BY pk`).all() as Row[]) {
      const pk = row['pk'] as number
      const known = here.get(pk) as Row | undefined
      if (!known) {
        if (insert.run(pk).changes === 0) continue
      } else {
        const differing = table.fields.filter(({ name }) => row[name] !== known[name]).map(({ name }) => name)
        const isOlder = (row['updated_at'] as number) < (known['updated_at'] as number)
        if (isOlder || differing.length === 0 || known['id'] !== row['id']) continue
        setRow(
          db,
          table,
          pk,
          Object.fromEntries(differing.map((name) => [name, row[name]])),
          row['updated_at'] as number,
        )
      }
      taken.push({ table: table.name, pk })
    }
  }
  if (raw.prepare('SELECT 1 FROM main.change WHERE tx = ? LIMIT 1').get(tx)) {
    raw
      .prepare(
        "INSERT INTO main.change_tx (tx, hlc, site, at, verb) VALUES (?, ?, (SELECT value FROM meta WHERE key = 'site'), ?, 'recovery.salvage')",
      )
      .run(tx, tick(one(db, "SELECT CAST(value AS INTEGER) AS n FROM meta WHERE key = 'hlc'"), now), now)
    setMeta(db, 'hlc', String(one(db, 'SELECT max(hlc) AS n FROM main.change_tx')))
  }
  raw.prepare('UPDATE change_context SET tx = NULL, capture = 1').run()
  raw.exec('COMMIT')
  return taken
}

/** Columns of a row as they are given; the triggers log what differs. False when there is no such row. */
export function setRow(db: Db, table: TableSpec, pk: number, values: Row, at: number): boolean {
  const columns = Object.keys(values)
  if (columns.length === 0) return false
  const list = columns.map((c) => `"${c}" = ?`).join(', ')
  const sql = `UPDATE main."${table.name}" SET ${list}, updated_at = ? WHERE pk = ?`
  return db.prepare(sql).run(...Object.values(values), at, pk).changes > 0
}
