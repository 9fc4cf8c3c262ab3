import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { OnDuplicate, PreviewCounts } from '../../../shared/contract/imports.ts'
import type { BatchRow } from '../../db/batch.ts'
import type { Ctx } from '../../engine/context.ts'
import { folderOf, type ImportOptions, rowsPathOf } from './batch-row.ts'
import { findKnown } from './known.ts'
import { type Likeness, likenessOf } from './likeness.ts'
import { mapRow, type RowRules } from './row.ts'
import { type PlacedRow, readPlacedRows, rowsAt } from './rows-file.ts'
import { rulesOf, shownCells } from './rules.ts'
import { isStronger, SeenRows } from './seen.ts'

/** What a whole file is under a mapping, a few numbers a row, so that pages and counts after the first need no reading of it all. */
export interface Plan {
  size: number
  /** Number of each row in its file, and where its line begins in the rows file, with the end of the last. */
  rows: Uint32Array
  places: Float64Array
  flags: Uint8Array
  /** Index of the earlier row it repeats, or NONE. */
  earlier: Uint32Array
}
export const BAD = 1
export const PROBLEMS = 2
export const IN_BOOK = 4
export const NONE = 0xffffffff

/** Rows looked at between two turns of the event loop: a few tens of milliseconds at most. */
const STRIDE = 200

/** The plan of an import under a mapping; kept beside its rows until the book, the mapping or the file's reading changes. */
export async function planOf(
  ctx: Ctx,
  batch: BatchRow,
  options: ImportOptions,
  skips: boolean,
  signal: AbortSignal | undefined,
): Promise<Plan> {
  const path = join(folderOf(ctx, batch.id), `plan-${keyOf(ctx, options, skips)}`)
  const kept = load(path, batch.total)
  if (kept) return kept
  const plan = await make(ctx, batch, options, skips, signal)
  save(ctx, batch.id, path, plan)
  return plan
}

function keyOf({ db }: Ctx, { rows, mapping }: ImportOptions, skips: boolean): string {
  const { tx } = db.prepare('SELECT max(tx) AS tx FROM change_tx').get() as { tx: number | null }
  return createHash('sha256')
    .update(JSON.stringify([rows, mapping, skips, tx]))
    .digest('hex')
    .slice(0, 24)
}

async function make(
  ctx: Ctx,
  batch: BatchRow,
  options: ImportOptions,
  skips: boolean,
  signal: AbortSignal | undefined,
): Promise<Plan> {
  const size = batch.total
  const plan = blank(size)
  const path = rowsPathOf(ctx, batch.id, options)
  const rules = rulesOf(ctx, options, options.mapping)
  const seen = new SeenRows()
  const earlierRow = (index: number): Likeness & { phones: string[] } => {
    const place = { from: plan.places[index]!, to: plan.places[index + 1]! - 1 }
    const { mapped } = mapRow(shownCells(rowsAt(path, [place])[0]!, options.columns), rules)
    const like = likenessOf(mapped!)
    return { ...like, phones: like.allPhones }
  }
  let index = 0
  let chunk: PlacedRow[] = []
  const look = () => {
    const likes = chunk.map(({ row }) => judge(shownCells(row, options.columns), rules))
    const known = findKnown(
      ctx.db,
      likes.flatMap((l) => l.like ?? []),
    )[Symbol.iterator]()
    for (const [i, { row, from, to }] of chunk.entries()) {
      const { like, flags } = likes[i]!
      plan.rows[index] = row.row
      plan.places[index] = from
      plan.places[index + 1] = to + 1
      plan.flags[index] = flags
      plan.earlier[index] = NONE
      const inBook = like ? known.next().value : undefined
      const before = like && seen.find(like, earlierRow)
      if (before && (!inBook || isStronger(before.why, inBook.why))) plan.earlier[index] = before.index
      else if (inBook) plan.flags[index]! |= IN_BOOK
      // Who is left out leaves nothing in the book that a later row could be known by.
      if (like && !(skips && (before || inBook))) seen.add(like, index)
      index++
    }
    chunk = []
  }
  for (const placed of readPlacedRows(path)) {
    if (index + chunk.length >= size) break
    chunk.push(placed)
    if (chunk.length < STRIDE) continue
    look()
    await turn()
    signal?.throwIfAborted()
  }
  look()
  return plan
}

function judge(row: PlacedRow['row'], rules: RowRules): { like: Likeness | null; flags: number } {
  const { mapped, problems } = mapRow(row, rules)
  if (!mapped) return { like: null, flags: BAD | PROBLEMS }
  return { like: likenessOf(mapped), flags: problems.length > 0 ? PROBLEMS : 0 }
}

/** What becomes of each row under the choices made. */
export function outcomesOf(plan: Plan, otherwise: OnDuplicate, choices: ReadonlyMap<number, OnDuplicate>) {
  const outcomes: Array<OnDuplicate | 'bad'> = new Array(plan.size)
  /** Left out though nobody was like it: then the next of its kind is the first. */
  const gone = new Set<number>()
  for (let i = 0; i < plan.size; i++) {
    const choice = choices.size > 0 ? choices.get(plan.rows[i]!) : undefined
    const earlier = plan.earlier[i]!
    const repeats = (plan.flags[i]! & IN_BOOK) !== 0 || (earlier !== NONE && !gone.has(earlier))
    if (plan.flags[i]! & BAD) outcomes[i] = 'bad'
    else if (repeats) outcomes[i] = choice ?? otherwise
    else outcomes[i] = choice === 'skip' ? 'skip' : 'add'
    if (!repeats && choice === 'skip') gone.add(i)
  }
  return outcomes
}

export function countsOf(plan: Plan, outcomes: ReadonlyArray<OnDuplicate | 'bad'>, chosen: number): PreviewCounts {
  const counts: PreviewCounts = {
    rows: plan.size,
    bad: 0,
    skip: 0,
    fill: 0,
    update: 0,
    add: 0,
    warned: 0,
    duplicates: 0,
    of_book: 0,
    of_file: 0,
    problems: 0,
    chosen,
  }
  for (let i = 0; i < plan.size; i++) {
    const outcome = outcomes[i]!
    counts[outcome]++
    const flags = plan.flags[i]!
    if (flags & PROBLEMS) counts.problems++
    if (flags & PROBLEMS && outcome !== 'bad' && outcome !== 'skip') counts.warned++
    if (flags & IN_BOOK) counts.of_book++
    else if (plan.earlier[i] !== NONE) counts.of_file++
  }
  counts.duplicates = counts.of_book + counts.of_file
  return counts
}

function blank(size: number): Plan {
  return {
    size,
    rows: new Uint32Array(size),
    places: new Float64Array(size + 1),
    flags: new Uint8Array(size),
    earlier: new Uint32Array(size),
  }
}

const parts = (plan: Plan) => [plan.places, plan.rows, plan.earlier, plan.flags]

function load(path: string, size: number): Plan | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    return null
  }
  const plan = blank(size)
  const want = parts(plan).reduce((sum, part) => sum + part.byteLength, 0)
  if (bytes.length !== want) return null
  let at = 0
  for (const part of parts(plan)) {
    bytes.copy(new Uint8Array(part.buffer), 0, at, at + part.byteLength)
    at += part.byteLength
  }
  return plan
}

/** Only saves time: where it cannot be written the next page reads the file again. */
function save(ctx: Ctx, id: string, path: string, plan: Plan): void {
  const folder = folderOf(ctx, id)
  try {
    for (const name of readdirSync(folder)) if (name.startsWith('plan-')) rmSync(join(folder, name), { force: true })
    writeFileSync(`${path}.new`, Buffer.concat(parts(plan).map((part) => new Uint8Array(part.buffer))))
    renameSync(`${path}.new`, path)
  } catch (error) {
    ctx.log.error('imports.plan', error, { id })
  }
}
