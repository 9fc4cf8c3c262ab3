import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from '../../main/db/open.ts'
import * as activities from '../../main/modules/activities/table.ts'
import * as calendar from '../../main/modules/calendar/table.ts'
import * as customers from '../../main/modules/customers/table.ts'
import * as duplicates from '../../main/modules/duplicates/table.ts'
import * as leads from '../../main/modules/leads/table.ts'
import * as lists from '../../main/modules/lists/table.ts'
import * as segments from '../../main/modules/segments/table.ts'
import * as settings from '../../main/modules/settings/table.ts'
import * as tasks from '../../main/modules/tasks/table.ts'
import * as users from '../../main/modules/users/table.ts'
import { MANIFEST, tableById } from '../../shared/sync/manifest.ts'

export type Dump = Record<string, Array<Record<string, unknown>>>

/** The captured columns of every synced table, as the file has them. */
export function dump(db: Db): Dump {
  return Object.fromEntries(
    MANIFEST.map((t) => {
      const columns = ['pk', ...t.fields.map((f) => `"${f.name}"`)].join(', ')
      return [t.name, db.raw.prepare(`SELECT ${columns} FROM "${t.name}" ORDER BY pk`).all() as Dump[string]]
    }),
  )
}

/** The same, made from nothing but the log: an insert a put, an update a patch, in the order of the log. */
export function replay(db: Db): Dump {
  const tables = new Map<string, Map<number, Record<string, unknown>>>(MANIFEST.map((t) => [t.name, new Map()]))
  const log = db.raw.prepare('SELECT tbl, row, kind, f FROM change ORDER BY seq').all() as {
    tbl: number
    row: number
    kind: number
    f: string
  }[]
  for (const { tbl, row, kind, f } of log) {
    const spec = tableById(tbl)!
    const rows = tables.get(spec.name)!
    if (kind === 1) {
      if (rows.has(row)) throw new Error(`two puts of ${spec.name}/${row}`)
      const empty = Object.fromEntries(spec.fields.map((field) => [field.name, field.name === 'deleted' ? 0 : null]))
      rows.set(row, { pk: row, ...empty })
    }
    const values = rows.get(row)
    if (!values) throw new Error(`patch of ${spec.name}/${row} before its put`)
    for (const [id, [value]] of Object.entries(JSON.parse(f) as Record<string, [unknown]>)) {
      values[spec.fields.find((field) => field.id === Number(id))!.name] = value
    }
  }
  return Object.fromEntries(
    [...tables].map(([name, rows]) => [name, [...rows.values()].sort((a, b) => Number(a['pk']) - Number(b['pk']))]),
  )
}

/** Every drizzle table of the product that is synced, by its name in the file. */
export function syncedTables(): Map<string, SQLiteTable> {
  const all = [customers, duplicates, activities, calendar, leads, lists, tasks, segments, settings, users].flatMap(
    (m) => Object.values(m),
  )
  return new Map(
    all
      .filter((t) => is(t, SQLiteTable))
      .filter((t) => 'pk' in getTableColumns(t))
      .map((t) => [getTableName(t), t]),
  )
}
