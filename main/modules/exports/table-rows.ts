import type { Db } from '../../db/open.ts'
import type { Cell, Column } from './cells.ts'
import { Dates } from './dates.ts'
import type { PlannedColumn, PlannedSheet } from './sheet-plan.ts'
import { type Language, wordsOf } from './texts.ts'

/** Stored values by column, `alive` (1: stands in the sheet), and what references lead to under `<column>.`. */
export type TableRow = Record<string, string | number | null>

export interface TableColumn extends Column {
  value(row: TableRow): Cell
}

export function countRows(db: Db, sheet: PlannedSheet): number {
  const only = onlySql(sheet)
  const row = db.prepare(`SELECT count(*) AS n FROM "${sheet.table}" t WHERE ${only.sql}`).get(...only.params)
  return (row as { n: number }).n
}

/** All rows in the order they were made, a page at a time, so that memory does not grow with the table. */
export function* readRows(db: Db, sheet: PlannedSheet, size: number): Generator<TableRow[], void, void> {
  const only = onlySql(sheet)
  const references = sheet.columns.flatMap(({ name, kind }) => (typeof kind === 'object' ? [{ name, ...kind }] : []))
  const dead = (sheet.partOf ?? []).map(
    ([column, table]) => `NOT EXISTS (SELECT 1 FROM "${table}" x WHERE x.id = t."${column}" AND x.deleted = 1)`,
  )
  const sql = `SELECT t.pk AS "pk", t.deleted AS "deleted", ${sheet.columns.map((c) => `t."${c.name}"`).join(', ')},
      ${['t.deleted = 0', ...dead].join(' AND ')} AS "alive"
      ${references.map(({ name, to, show }) => `, (SELECT x."${show}" FROM "${to}" x WHERE x.id = t."${name}") AS "${name}."`).join('')}
    FROM "${sheet.table}" t WHERE t.pk > ? AND ${only.sql} ORDER BY t.pk LIMIT ?`
  for (let last = 0; ; ) {
    const rows = db.prepare(sql).all(last, ...only.params, size) as TableRow[]
    if (rows.length > 0) yield rows
    if (rows.length < size) return
    last = rows.at(-1)!['pk'] as number
  }
}

function onlySql({ only }: PlannedSheet): { sql: string; params: string[] } {
  if (!only) return { sql: '1', params: [] }
  return { sql: `t."${only.column}" IN (SELECT value FROM json_each(?))`, params: [JSON.stringify(only.values)] }
}

/** A row as it is stored, and whether it is deleted. */
export function jsonLine(sheet: PlannedSheet, row: TableRow): string {
  const out: Record<string, unknown> = {}
  for (const { name, kind } of sheet.columns) out[name] = kind === 'flag' ? row[name] === 1 : row[name]
  out['deleted'] = row['deleted'] === 1
  return `${JSON.stringify(out)}\n`
}

/** The columns of the sheet of a table: days and instants twice, references with what they lead to. */
export function sheetColumns(sheet: PlannedSheet, language: Language): TableColumn[] {
  const words = wordsOf(language)
  const dates = new Dates()
  return sheet.columns.flatMap((column) => {
    const header = column.names[language]
    const { name, kind } = column
    if (typeof kind === 'object') {
      return [
        text(words('exports:column.idOf', { name: header }), 38, (row) => row[name] ?? null),
        text(header, 26, (row) => row[`${name}.`] ?? null),
      ]
    }
    switch (kind) {
      case 'number':
        return [{ header, kind: 'number', width: 14, value: (row) => row[name] ?? null }]
      case 'flag':
        return [{ header, kind: 'number', width: 8, value: (row) => row[name] ?? null }]
      case 'instant':
        return dated(column, language, 17, (value) => dates.instant(Number(value)))
      case 'day':
        return dated(column, language, 13, (value) => dates.day(String(value)))
      default:
        return [text(header, name === 'id' ? 38 : 22, (row) => row[name] ?? null)]
    }
  })
}

const text = (header: string, width: number, value: TableColumn['value']): TableColumn => {
  return { header, kind: 'text', width, value }
}

function dated(
  { name, names }: PlannedColumn,
  language: Language,
  width: number,
  read: (value: string | number) => { jalali: string; iso: string },
): TableColumn[] {
  const part = (which: 'jalali' | 'iso') => (row: TableRow) => {
    const value = row[name]
    return value === null || value === undefined ? null : read(value)[which]
  }
  const iso = wordsOf(language)('exports:column.isoOf', { name: names[language] })
  return [text(names[language], width, part('jalali')), text(iso, width + 9, part('iso'))]
}
