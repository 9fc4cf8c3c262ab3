import type { FieldChange, HistoryEntry } from '../../../shared/contract/history.ts'
import { tableByName } from '../../../shared/sync/manifest.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { type Target, type TxRow, target, toEntry } from './entries.ts'
import { fieldChanges } from './field-changes.ts'
import { FOREIGN, tablesOfKind } from './foreign.ts'
import { type LogLine, parse, rowLines, valueIn, visibleFields } from './log.ts'
import { survivorOf } from './merged.ts'
import { nameOf } from './names.ts'
import { PARTY_ROWS } from './party-changes.ts'

export interface PageInput {
  user_id?: string | undefined
  party_id?: string | undefined
  /** Epoch ms, from inclusive, until exclusive. */
  from?: number | undefined
  until?: number | undefined
  kind?: string | undefined
  before?: number | undefined
  limit: number
}

/** Newest first; the chunks of a batch are one entry, at the place of its last chunk. `next` is the `before` of the following page. */
export function readPage(ctx: Ctx, input: PageInput): { entries: HistoryEntry[]; next: number | null } {
  const where = [
    't.tx < @before',
    '(t.batch IS NULL OR t.tx = (SELECT max(b.tx) FROM change_tx b WHERE b.batch = t.batch))',
  ]
  const bound: Record<string, unknown> = { before: input.before ?? Number.MAX_SAFE_INTEGER, limit: input.limit + 1 }
  const only = (sql: string, name: string, value: unknown) => {
    if (value === undefined) return
    where.push(sql)
    bound[name] = value
  }
  only('t.user = @user', 'user', input.user_id)
  only('t.at >= @from', 'from', input.from)
  only('t.at < @until', 'until', input.until)
  only(
    `(t.verb = @kind OR substr(t.verb, 1, length(@kind) + 1) = @kind || '.' OR (t.verb = '${FOREIGN}' AND EXISTS (
       SELECT 1 FROM change c WHERE c.tx = t.tx AND c.tbl IN (SELECT value FROM json_each(@tables)))))`,
    'kind',
    input.kind,
  )
  if (input.kind !== undefined) bound['tables'] = JSON.stringify(tablesOfKind(input.kind))
  let source = 'change_tx t'
  let rows = ''
  if (input.party_id !== undefined) {
    // A chunk that touched the customer stands for its batch.
    rows = PARTY_ROWS
    bound['party'] = survivorOf(ctx.db, input.party_id) ?? input.party_id
    source = `(SELECT DISTINCT coalesce((SELECT max(b.tx) FROM change_tx b WHERE b.batch = x.batch), x.tx) AS tx
      FROM r CROSS JOIN change c ON c.tbl = r.tbl AND c.row = r.row JOIN change_tx x ON x.tx = c.tx) d JOIN change_tx t ON t.tx = d.tx`
  }
  const found = ctx.db
    .prepare(
      `${rows} SELECT t.tx, t.at, t.user, t.verb, t.batch, t.site FROM ${source} WHERE ${where.join(' AND ')} ORDER BY t.tx DESC LIMIT @limit`,
    )
    .all(bound) as TxRow[]
  const page = found.slice(0, input.limit)
  return {
    entries: page.map((row) => toEntry(ctx.db, row)),
    next: found.length > input.limit ? (page.at(-1)?.tx ?? null) : null,
  }
}

const DETAILS = 500
/** Counting the fields of a large import would take seconds; from here on the number says «at least». */
const COUNTED = 20_000

export function readDetails(
  ctx: Ctx,
  of: { change: number } | { batch: string },
): { fields: FieldChange[]; total: number } {
  const found = target(ctx.db, of)
  if (!found) return fail('NOT_FOUND', { kind: 'change' })
  const fields: FieldChange[] = []
  let total = 0
  for (const line of linesOf(ctx, found)) {
    if (total >= COUNTED) break
    if (fields.length >= DETAILS) {
      total += Object.keys(parse(line.f)).length
      continue
    }
    const more = fieldChanges(ctx.db, line)
    total += more.length
    fields.push(...more.slice(0, DETAILS - fields.length))
  }
  return { fields, total }
}

/** Oldest first; a transaction at a time, each chunk being at most a few thousand lines. */
function* linesOf(ctx: Ctx, of: Target): Generator<LogLine> {
  for (const tx of of.txs.toReversed()) {
    yield* ctx.db
      .prepare('SELECT seq, tx, tbl, row, kind, f FROM change WHERE tx = ? ORDER BY seq')
      .all(tx) as LogLine[]
  }
}

export interface FieldValue {
  change: number
  at: number
  user_id: string | null
  value: unknown
  name: string | null
}

export function findField(ctx: Ctx, tableName: string, id: string, fieldName: string) {
  const table = tableByName(tableName)
  const field = table && visibleFields(table).find((f) => f.name === fieldName)
  const row =
    table && (ctx.db.prepare(`SELECT pk FROM "${table.name}" WHERE id = ?`).get(id) as { pk: number } | undefined)
  if (!table || !field || !row) return fail('NOT_FOUND', { kind: table && field ? 'row' : 'field' })
  return { table, field, pk: row.pk }
}

/** Every value the field has had, newest first. */
export function readField(ctx: Ctx, tableName: string, id: string, fieldName: string): FieldValue[] {
  const { table, field, pk } = findField(ctx, tableName, id, fieldName)
  const values: FieldValue[] = []
  for (const line of rowLines(ctx.db, table.id, pk)) {
    const value = valueIn(line, parse(line.f), field.id)
    if (value === undefined) continue
    const tx = ctx.db.prepare('SELECT at, user FROM change_tx WHERE tx = ?').get(line.tx) as TxRow | undefined
    const name = nameOf(ctx.db, table.name, field.name, value)
    values.push({ change: line.tx, at: tx?.at ?? 0, user_id: tx?.user ?? null, value, name })
  }
  return values.reverse()
}
