import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import type { FieldChange, UndoResult } from '../../../shared/contract/history.ts'
import {
  FIELD_DELETED,
  type FieldSpec,
  KIND,
  type TableSpec,
  tableById,
  tableByName,
} from '../../../shared/sync/manifest.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { PARTS } from '../customers/taken-back.ts'
import { type Target, target } from './entries.ts'
import { deedOf, FOREIGN } from './foreign.ts'
import { UNDO, valueIn, visibleFields } from './log.ts'
import { namesAt } from './member-names.ts'
import { survivorOf } from './merged.ts'
import { partyOfRow } from './names.ts'
import { comesFromUs, type Line, linesOf, type Stays, whatStays } from './provenance.ts'
import { referenceOf } from './references.ts'
import { madeIn, undoWhole } from './undo-whole.ts'
import { whileUndoing } from './undoing.ts'
import { checkMayChange, type Restored, rederive, setFields } from './write-back.ts'

type Result = z.infer<typeof UndoResult>
type Outcome = Omit<Result, 'change'>
/** How many of the values left alone are shown. */
const SHOWN = 200
/** Rows taken back in one transaction: looking up where each value came from takes longer than writing, and nobody shall wait for it. */
const ROWS = 300
/** Customers that go as a whole, together (undo-whole.ts). */
const WHOLE = 1000
/** Fewer where that many take longer than this many milliseconds, but not below MIN_ROWS: each commit waits for the disk. */
const CHUNK_MS = 45
const MIN_ROWS = 60

interface RowRef {
  tbl: number
  row: number
}
/**
 * Takes back a change, or all chunks of a batch, newest row first, so that what hangs on a row goes before it. Restores only fields whose
 * value still comes from there (MODEL.md); the rest is shown in `kept`. A row that came with it is deleted, unless something later touched
 * it or was hung on it. The undo is a change of its own and can be undone. More than 300 rows go in chunks, which are one batch again;
 * cut off in the middle, doing it once more finishes it. Of those, customers that nothing has touched since go first, by a few statements
 * for many (undo-whole.ts). Only a merge goes back in one, however many notes it moved: half of it would be two
 * customers with half their things. Fails with NOT_FOUND, NOTHING_TO_UNDO, FORBIDDEN.
 */
export async function undo(ctx: Ctx, of: { change: number } | { batch: string }): Promise<Result> {
  const found = target(ctx.db, of)
  if (!found) return fail('NOT_FOUND', { kind: 'change' })
  const { batch } = found
  return batch === null ? takeBack(ctx, found) : whileUndoing(ctx, batch, () => takeBack(ctx, found))
}

async function takeBack(ctx: Ctx, found: Target): Promise<Result> {
  if (isSetUp(ctx, found)) return fail('NOTHING_TO_UNDO')
  const tables = await tablesOf(ctx, found)
  checkMayChange(ctx, tables.keys(), found.batch !== null)
  const count = [...tables.values()].reduce((sum, n) => sum + n, 0)
  const outcome: Outcome = { restored: 0, kept: [], kept_total: 0 }
  const size = isMerge(ctx, found) ? count : ROWS
  const isLong = count > size
  const options = { undoes: found.last, ...(isLong ? { batch: ctx.ids.next() } : {}) }
  let change: number | null = null
  const wasBegun = isLong && found.batch !== null && markBegun(ctx, found.batch)
  const inChunks = async <T>(items: readonly T[], most: number, run: (tx: Tx, chunk: T[]) => Outcome) => {
    let next = isLong ? Math.min(most, ROWS) : most
    for (let from = 0; from < items.length; ) {
      const chunk = items.slice(from, from + next)
      const began = ctx.clock.now()
      const written = writeChanged(ctx, UNDO, (tx) => run(tx, chunk), options)
      change = written.change ?? change
      outcome.restored += written.result.restored
      outcome.kept_total += written.result.kept_total
      outcome.kept.push(...written.result.kept.slice(0, SHOWN - outcome.kept.length))
      const fits = Math.round((chunk.length * CHUNK_MS) / Math.max(ctx.clock.now() - began, 1))
      next = Math.min(most, Math.max(MIN_ROWS, fits))
      from += chunk.length
      if (from < items.length || isLong) await setImmediate()
    }
  }
  if (isLong) {
    for (const made of found.txs) {
      await inChunks(madeIn(ctx.db, made), WHOLE, (tx, pks) => ({
        restored: undoWhole(tx, made, pks),
        kept: [],
        kept_total: 0,
      }))
    }
  }
  const stays = whatStays(ctx.db, found)
  await inChunks(await rowsOf(ctx, found), size, (tx, rows) => undoRows(tx, found, rows, stays))
  // Cut off after its last chunk, it has nothing left but to say so.
  if (outcome.restored === 0 && outcome.kept_total === 0 && !wasBegun) return fail('NOTHING_TO_UNDO')
  if (change !== null || wasBegun) markBatches(ctx, found)
  return { change, ...outcome }
}

/** The same for other modules: takes a whole batch (an import, the sample business) back. */
export function undoBatch(ctx: Ctx, batch: string): Promise<Result> {
  return undo(ctx, { batch })
}

/** How many lines of the log speak of each table (its number). */
async function tablesOf(ctx: Ctx, of: Target): Promise<Map<number, number>> {
  const tables = new Map<number, number>()
  for (const [i, tx] of of.txs.entries()) {
    if (i % 5 === 4) await setImmediate()
    const counts = ctx.db.prepare('SELECT tbl, count(*) AS n FROM change WHERE tx = ? GROUP BY tbl').all(tx)
    for (const { tbl, n } of counts as Array<{ tbl: number; n: number }>) tables.set(tbl, (tables.get(tbl) ?? 0) + n)
  }
  return tables
}

/** A line of the log whose row it made and that is deleted now: there is nothing to take back. */
const IS_GONE = `kind = ${KIND.put} AND CASE tbl ${['party', ...PARTS]
  .map((name) => `WHEN ${tableByName(name)!.id} THEN (SELECT deleted FROM ${name} r WHERE r.pk = change.row)`)
  .join(' ')} END`

/** Every row that was touched and may be taken back, the last touched first. */
async function rowsOf(ctx: Ctx, of: Target): Promise<RowRef[]> {
  const rows = new Map<number, RowRef>()
  for (const [i, tx] of of.txs.entries()) {
    // The log of a large batch takes its own time to read.
    if (i % 5 === 4) await setImmediate()
    const lines = ctx.db
      .prepare(`SELECT tbl, row FROM change WHERE tx = ? AND (${IS_GONE}) IS NOT 1 ORDER BY seq DESC`)
      .all(tx) as RowRef[]
    for (const line of lines) {
      const key = line.tbl * 2 ** 40 + line.row
      if (!rows.has(key)) rows.set(key, line)
    }
  }
  return [...rows.values()]
}

/** Did this one transaction make a customer lead to another, or no longer? */
function isMerge(ctx: Ctx, of: Target): boolean {
  const party = tableByName('party')!
  const into = party.fields.find((f) => f.name === 'merged_into')!
  const line = ctx.db.prepare(
    `SELECT 1 FROM change WHERE tx = ? AND tbl = ? AND kind = ? AND json_extract(f, ?) IS NOT NULL LIMIT 1`,
  )
  return of.batch === null && line.get(of.last, party.id, KIND.patch, `$."${into.id}"`) !== undefined
}

/** Whoever opens the book after a power cut shall see that it is half taken back. True when it was so already. */
function markBegun(ctx: Ctx, batch: string): boolean {
  const row = ctx.db.prepare('SELECT state FROM batch WHERE id = ?').get(batch) as { state: string } | undefined
  if (!row || row.state === 'undone') return false
  if (row.state === 'undoing') return true
  writeChanged(ctx, 'batch.state', (tx) => {
    tx.db.prepare("UPDATE batch SET state = 'undoing' WHERE id = ?").run(batch)
    tx.touched.add('batch')
  })
  return false
}

/** The state of the batch follows: taken back, or there again when what was undone here is its undo. */
function markBatches(ctx: Ctx, of: Target): void {
  const again = ctx.db
    .prepare('SELECT b.batch FROM change_tx u JOIN change_tx b ON b.tx = u.undoes WHERE u.tx = ?')
    .get(of.last) as { batch: string | null } | undefined
  const set = ctx.db.prepare('UPDATE batch SET state = ? WHERE id = ?')
  writeChanged(ctx, 'batch.state', (tx) => {
    if (of.batch !== null && set.run('undone', of.batch).changes > 0) tx.touched.add('batch')
    if (again?.batch && set.run('done', again.batch).changes > 0) tx.touched.add('batch')
  })
}

function undoRows(tx: Tx, of: Target, rows: RowRef[], stays: Stays): Outcome {
  const outcome: Outcome = { restored: 0, kept: [], kept_total: 0 }
  const changed: Restored[] = []
  const left: number[] = []
  for (const { tbl, row } of rows) {
    const table = tableById(tbl)
    // A table of a newer version, left by a synced device: nothing here knows how to write it.
    if (!table) continue
    const lines = linesOf(tx.db, of, tbl, row)
    const kept: FieldChange[] = []
    const back = decide(tx, table, row, lines, stays, kept)
    outcome.kept_total += kept.length
    outcome.kept.push(...kept.slice(0, SHOWN - outcome.kept.length))
    const count = Object.keys(back).length
    if (count === 0) continue
    left.push(...ownersLeft(tx, table, row, back))
    setFields(tx, table, row, back)
    outcome.restored += count
    changed.push({ table: table.name, pk: row, onlyDeleted: count === 1 && 'deleted' in back })
  }
  // What went back to another customer also leaves the one it was with.
  const known = new Set(changed.flatMap((r) => (r.table === 'party' ? r.pk : [])))
  for (const pk of new Set(left)) if (!known.has(pk)) changed.push({ table: 'party', pk, onlyDeleted: false })
  rederive(tx, changed)
  for (const kept of outcome.kept) {
    // Named as they are called now, after their names were made again.
    const table = tableByName(kept.table)
    const pk = table && tx.db.prepare(`SELECT pk FROM "${table.name}" WHERE id = ?`).get(kept.row_id)
    if (table && pk) kept.party = partyOfRow(tx.db, table.name, (pk as { pk: number }).pk)
  }
  return outcome
}

/** Customers (their pks) that these values take the row away from. */
function ownersLeft(tx: Tx, table: TableSpec, pk: number, back: Record<string, unknown>): number[] {
  const fields = Object.keys(back).filter((name) => referenceOf(table.name, name)?.to === 'party')
  return fields.flatMap((name) => {
    const owner = tx.db
      .prepare(`SELECT p.pk FROM "${table.name}" r JOIN party p ON p.id = r."${name}" WHERE r.pk = ?`)
      .get(pk) as { pk: number } | undefined
    return name === 'merged_into' || !owner ? [] : [owner.pk]
  })
}

/** The columns to write back for one row; what must be left alone goes to `kept`. */
function decide(
  tx: Tx,
  table: TableSpec,
  pk: number,
  lines: Line[],
  stays: Stays,
  kept: FieldChange[],
): Record<string, unknown> {
  const current = tx.db.prepare(`SELECT * FROM "${table.name}" WHERE pk = ?`).get(pk) as Record<string, unknown>
  const keep = (kind: 'put' | 'patch', field: FieldSpec, from: unknown) =>
    kept.push({
      table: table.name,
      row_id: String(current['id']),
      party: partyOfRow(tx.db, table.name, pk),
      kind,
      field: field.name,
      from,
      to: current[field.name],
      ...namesAt(tx.db, table, { row: pk, seq: Number.MAX_SAFE_INTEGER }, field, from, current[field.name]),
    })
  const fields = visibleFields(table)
  const deleted = fields.find((f) => f.id === FIELD_DELETED)!
  if (lines.some((line) => line.ours && line.kind === KIND.put)) {
    if (current['deleted'] === 1) return {}
    const why = stays(table, pk)
    if (why === 'no') return { deleted: 1 }
    if (why === 'itself') keep('put', deleted, 1)
    return {}
  }
  const back: Record<string, unknown> = {}
  for (const field of fields) {
    const last = lines.findLast((line) => line.ours && line.values[field.id])
    if (!last) continue
    const before = lines.findLast(
      (line) => !line.ours && line.seq < last.seq && valueIn(line, line.values, field.id) !== undefined,
    )
    const from = before && placeOf(tx, table, field, valueIn(before, before.values, field.id))
    if (before && from === current[field.name]) continue
    // Without a value before (a row older than its log) there is nothing to go back to.
    if (before && comesFromUs(lines, field.id, current[field.name])) back[field.name] = from
    else keep('patch', field, from ?? null)
  }
  const into = back['merged_into']
  if (typeof into === 'string' && [null, current['id']].includes(survivorOf(tx.db, into))) {
    // Merged the other way round meanwhile: two records that lead to each other would both be gone.
    keep('patch', fields.find((f) => f.name === 'merged_into')!, into)
    delete back['merged_into']
    delete back['deleted']
  }
  return back
}

/** A value as it is to be written back: what belonged to a customer that was merged since belongs to the one it went into. */
function placeOf(tx: Tx, table: TableSpec, field: FieldSpec, value: unknown): unknown {
  const isOwner = referenceOf(table.name, field.name)?.to === 'party' && field.name !== 'merged_into'
  return isOwner && typeof value === 'string' ? (survivorOf(tx.db, value) ?? value) : value
}

/** The first run gave the book its owner and its business: without them nobody could sign in to undo the undo. */
function isSetUp(ctx: Ctx, of: Target): boolean {
  const row = ctx.db.prepare('SELECT verb FROM change_tx WHERE tx = ?').get(of.last) as { verb: string } | undefined
  const verb = row?.verb === FOREIGN ? deedOf(ctx.db, of.last) : row?.verb
  // A salvage only wrote down what was there already; taking it back would throw that away.
  return verb === 'setup.start' || verb === 'setup.finish' || verb === 'recovery.salvage'
}
