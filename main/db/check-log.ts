import { setImmediate } from 'node:timers/promises'
import { FIELD_DELETED, KIND, MANIFEST, type TableSpec } from '../../shared/sync/manifest.ts'
import type { Db } from './open.ts'

/** How many, and the first of them as 'table/pk field'. */
export interface LogProblem {
  code: 'LOG_ROW_UNLOGGED' | 'LOG_ROW_MISSING' | 'LOG_FIELD_DIFFERS' | 'LOG_WITHOUT_TRANSACTION' | 'CONTEXT_NOT_CLEARED'
  count: number
  sample: string
}

export interface LogCheck {
  rows: number
  changes: number
  problems: LogProblem[]
}

const PAGE = 5000

/**
 * Holds the rows of every synced table against what the log says they are: replaying it onto an empty copy would give the same rows.
 * Streams by pages of 5,000 rows in the order of the log's own index and lets other calls in between; memory does not grow with the book.
 */
export async function checkLog(at: { db: Db }): Promise<LogCheck> {
  const found = new Map<LogProblem['code'], LogProblem>()
  const report = (code: LogProblem['code'], sample: string, count = 1) => {
    const known = found.get(code)
    if (known) known.count += count
    else found.set(code, { code, count, sample })
  }
  let rows = 0
  let changes = 0
  for (const table of MANIFEST) {
    let after = 0
    for (;;) {
      const page = readPage(at.db, table, after)
      if (!page) break
      rows += page.rows.length
      changes += page.changes.length
      compare(table, page, report)
      after = page.last
      await setImmediate()
    }
  }
  const orphans = at.db
    .prepare(
      'SELECT count(*) AS n, min(seq) AS first FROM change WHERE NOT EXISTS (SELECT 1 FROM change_tx t WHERE t.tx = change.tx)',
    )
    .get() as { n: number; first: number }
  if (orphans.n > 0) report('LOG_WITHOUT_TRANSACTION', `change ${orphans.first}`, orphans.n)
  const context = at.db.prepare('SELECT tx, capture FROM change_context').all() as {
    tx: number | null
    capture: number
  }[]
  if (context.length !== 1 || context[0]?.tx !== null || context[0].capture !== 1) {
    report('CONTEXT_NOT_CLEARED', JSON.stringify(context))
  }
  return { rows, changes, problems: [...found.values()] }
}

type Values = Record<string, unknown>
interface Page {
  rows: Values[]
  changes: { row: number; kind: number; f: string }[]
  last: number
}

function readPage(db: Db, table: TableSpec, after: number): Page | null {
  const columns = table.fields.map((f) => `"${f.name}"`).join(', ')
  const rows = db
    .prepare(`SELECT pk, ${columns} FROM "${table.name}" WHERE pk > ? ORDER BY pk LIMIT ${PAGE}`)
    .all(after) as Values[]
  // The last page goes to the end of the log: a row that only the log knows may be beyond every row.
  const last = rows.length === PAGE ? (rows.at(-1) as { pk: number }).pk : Number.MAX_SAFE_INTEGER
  const changes = db
    .prepare('SELECT row, kind, f FROM change WHERE tbl = ? AND row > ? AND row <= ? ORDER BY row, seq')
    .all(table.id, after, last) as Page['changes']
  return rows.length === 0 && changes.length === 0 ? null : { rows, changes, last }
}

function compare(table: TableSpec, page: Page, report: (code: LogProblem['code'], sample: string) => void): void {
  let i = 0
  for (const row of page.rows) {
    const pk = row['pk'] as number
    for (; i < page.changes.length && page.changes[i]!.row < pk; i++) lost(table, page.changes[i]!, report)
    let state: Values | null = null
    for (; i < page.changes.length && page.changes[i]!.row === pk; i++) state = apply(state, page.changes[i]!)
    if (!state) report('LOG_ROW_UNLOGGED', `${table.name}/${pk}`)
    else {
      for (const field of table.fields) {
        if (row[field.name] !== (state[field.id] ?? null))
          report('LOG_FIELD_DIFFERS', `${table.name}/${pk} ${field.name}`)
      }
    }
  }
  for (; i < page.changes.length; i++) lost(table, page.changes[i]!, report)
}

function lost(
  table: TableSpec,
  change: Page['changes'][number],
  report: (code: LogProblem['code'], sample: string) => void,
) {
  if (change.kind === KIND.put) report('LOG_ROW_MISSING', `${table.name}/${change.row}`)
}

function apply(state: Values | null, change: Page['changes'][number]): Values {
  const next: Values = change.kind === KIND.put ? { [FIELD_DELETED]: 0 } : (state ?? {})
  const fields = JSON.parse(change.f) as Record<string, [unknown]>
  for (const id in fields) next[id] = fields[id]![0]
  return next
}
