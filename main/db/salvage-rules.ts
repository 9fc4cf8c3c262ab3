import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { FIELD_ID, KIND, tableById } from '../../shared/sync/manifest.ts'
import type { Db } from './open.ts'
import type { Value } from './salvage-tree.ts'

/** A table of the book as its records stand in the file. */
export interface TableShape {
  name: string
  /** In the order of the record. */
  columns: readonly ColumnShape[]
  /** The column that is the rowid: it stands as NULL in the record. -1: none. */
  rowid: number
  isTable: boolean
}
export interface ColumnShape {
  name: string
  type: 'text' | 'integer'
  /** May be NULL. */
  nullable: boolean
  /** The schema gives it when a record of an older version is too short for it. */
  hasDefault: boolean
  accepts?: (value: string | number) => boolean
}

/** What the owners of the tables know beyond the schema; makes a torn row stand out, and tells tables of like shape apart. */
export interface SalvageRules {
  /** Columns that hold an id, by table. */
  ids: Readonly<Record<string, readonly string[]>>
  /** The id a member of a set must have, by table. */
  ownId: Readonly<Record<string, (row: Record<string, Value>) => string>>
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const isId = (value: string | number) => typeof value === 'string' && UUID.test(value)
/** Up to the year 2100; the clock of a PC may stand far back. */
const isInstant = (value: string | number) => typeof value === 'number' && value >= 0 && value < 4.1e12
const isFlag = (value: string | number) => value === 0 || value === 1

/** Made again, or of this one file only: nothing to save in them. */
const LEFT_OUT = new Set(['change_context', 'duplicate_met', 'duplicate_pair', 'search_wait'])

/** The shapes of all tables worth saving, from a book of this version with nothing in it. */
export function shapesOf(empty: Db, tables: readonly SQLiteTable[], rules: SalvageRules): TableShape[] {
  const known = new Map(tables.map((table) => [getTableName(table), table]))
  const list = empty.raw.pragma('table_list') as { schema: string; name: string; type: string; wr: number }[]
  return list
    .filter((t) => t.schema === 'main' && t.type === 'table' && !t.name.startsWith('sqlite_'))
    .filter((t) => !LEFT_OUT.has(t.name))
    .map((t) => shapeOf(empty, t.name, t.wr === 1, known.get(t.name), rules))
}

interface Info {
  name: string
  type: string
  notnull: number
  dflt_value: string | null
  pk: number
}

function shapeOf(
  empty: Db,
  name: string,
  withoutRowid: boolean,
  table: SQLiteTable | undefined,
  rules: SalvageRules,
): TableShape {
  const infos = empty.raw.pragma(`table_info("${name}")`) as Info[]
  // A table without rowid has the columns of its key first.
  const key = infos.filter((c) => c.pk > 0).sort((a, b) => a.pk - b.pk)
  const ordered = withoutRowid ? [...key, ...infos.filter((c) => c.pk === 0)] : infos
  const rowid = withoutRowid ? -1 : ordered.findIndex((c) => c.pk > 0 && c.type === 'INTEGER')
  const isSynced = infos.some((c) => c.name === 'pk') && infos.some((c) => c.name === 'updated_at')
  const enums = table ? getTableColumns(table) : {}
  const columns = ordered.map((c, at): ColumnShape => {
    const accepts = acceptsOf(name, c.name, isSynced, enums[c.name]?.enumValues, rules)
    return {
      name: c.name,
      type: c.type === 'INTEGER' ? 'integer' : 'text',
      nullable: c.notnull === 0 && c.pk === 0 && at !== rowid,
      hasDefault: c.dflt_value !== null || c.notnull === 0,
      ...(accepts && { accepts }),
    }
  })
  return { name, columns, rowid, isTable: !withoutRowid }
}

function acceptsOf(
  table: string,
  column: string,
  isSynced: boolean,
  values: readonly string[] | undefined,
  rules: SalvageRules,
): ColumnShape['accepts'] {
  if (values?.length) return (value) => values.includes(String(value))
  if (rules.ids[table]?.includes(column)) return isId
  if (table === 'change_tx') return CHANGE_TX[column]
  if (table === 'change') return CHANGE[column]
  if (!isSynced) return undefined
  if (column === 'id') return isId
  if (column === 'created_at' || column === 'updated_at') return isInstant
  return column === 'deleted' ? isFlag : undefined
}

const isCount = (value: string | number) => typeof value === 'number' && value >= 0
const CHANGE_TX: Readonly<Record<string, ColumnShape['accepts']>> = {
  hlc: isCount,
  base: isCount,
  user: isId,
  site: (value) => /^[0-9a-f]{16}$/.test(String(value)),
  at: isInstant,
  verb: (value) => /^[a-zA-Z.]{1,80}$/.test(String(value)),
}
const CHANGE: Readonly<Record<string, ColumnShape['accepts']>> = {
  tx: isCount,
  tbl: isCount,
  row: isCount,
  kind: (value) => Object.values(KIND).includes(value as never),
}

/** The row of a record as this version writes it, without columns that take their default; null when it cannot be one of this table. */
export function rowOf(
  shape: TableShape,
  values: readonly Value[],
  rowid: number | null,
  rules: SalvageRules,
): Record<string, Value> | null {
  if (values.length > shape.columns.length) return null
  const row: Record<string, Value> = {}
  for (const [at, column] of shape.columns.entries()) {
    if (at >= values.length) {
      if (!column.hasDefault) return null
      continue
    }
    const stored = values[at]
    if (at === shape.rowid) {
      if (stored !== null || rowid === null || rowid < 1) return null
      row[column.name] = rowid
    } else if (!fits(column, stored)) return null
    else row[column.name] = stored
  }
  if (shape.name === 'change' && !isChange(row)) return null
  const ownId = rules.ownId[shape.name]
  return !ownId || ownId(row) === row['id'] ? row : null
}

/** Whether a column takes this value: STRICT type, NULL, and what else is known of it. */
export function fits(column: ColumnShape, value: Value): boolean {
  if (value === undefined) return false
  if (value === null) return column.nullable
  if (typeof value !== (column.type === 'integer' ? 'number' : 'string')) return false
  return column.accepts?.(value) ?? true
}

/** The fields of a change are those of its table, each with a value of its type. */
function isChange(row: Record<string, Value>): boolean {
  const fields = fieldsOf(row['f'])
  const table = tableById(row['tbl'] as number)
  if (!fields || (row['kind'] === KIND.put && !fields[FIELD_ID])) return false
  if (!table) return true
  return Object.entries(fields).every(([id, [value]]) => {
    const field = table.fields.find((f) => f.id === Number(id))
    return !field || value === null || typeof value === (field.type === 'integer' ? 'number' : 'string')
  })
}

/** change.f as an object; null for what is none. */
export function fieldsOf(f: unknown): Record<string, [Value]> | null {
  try {
    const fields = JSON.parse(String(f)) as Record<string, [Value]>
    const isObject = typeof fields === 'object' && fields !== null && !Array.isArray(fields)
    return isObject && Object.values(fields).every((v) => Array.isArray(v) && v.length === 1) ? fields : null
  } catch {
    return null
  }
}
