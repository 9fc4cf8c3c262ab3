import type { Db } from '../../main/db/open.ts'

/** Makes `bench_<table>` with the columns, indexes and rows of a table of the book, but without log, search and history. Drop it at the end. */
export function copyOfTable(raw: Db['raw'], table: string): void {
  const schema = raw.prepare(
    "SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC",
  )
  raw.exec(`DROP TABLE IF EXISTS bench_${table}`)
  for (const sql of schema.pluck().all(table) as string[])
    raw.exec(
      sql
        .replace(new RegExp(` (\\w+) ON ${table}\\b`), ` bench_$1 ON bench_${table}`)
        .replace(new RegExp(`TABLE "?${table}\\b"?`), `TABLE bench_${table}`),
    )
  raw.exec(`INSERT INTO bench_${table} SELECT * FROM ${table}`)
}
