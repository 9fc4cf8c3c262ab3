import type { Customer } from '../../../shared/contract/customers.ts'
import type {
  ImportDuplicate,
  OnDuplicate,
  PREVIEW_SHOW,
  PreviewCounts,
  PreviewRow,
} from '../../../shared/contract/imports.ts'
import type { BatchRow } from '../../db/batch.ts'
import type { Ctx } from '../../engine/context.ts'
import { type ImportOptions, optionsOf, rowsPathOf } from './batch-row.ts'
import { choicesOf } from './choices.ts'
import { readExisting } from './existing.ts'
import { findKnown, type Known } from './known.ts'
import { likenessOf } from './likeness.ts'
import type { SourceRow } from './parse/source.ts'
import { BAD, countsOf, IN_BOOK, NONE, outcomesOf, type Plan, PROBLEMS, planOf } from './plan.ts'
import { type MappedRow, mapRow, type RowResult } from './row.ts'
import { existingOf, rowChanges } from './row-changes.ts'
import { readRows, rowsAt } from './rows-file.ts'
import { mappedFields, rulesOf, shownCells } from './rules.ts'
import { SeenRows } from './seen.ts'

export interface PreviewInput {
  mapping: ImportOptions['mapping']
  on_duplicate: OnDuplicate
  show: (typeof PREVIEW_SHOW)[number]
  after?: number | undefined
  limit: number
  count: boolean
}
export interface Preview {
  rows: PreviewRow[]
  next: number | null
  counts: PreviewCounts | null
}

/** A row that is shown, with what the plan says about it. */
interface Shown {
  source: SourceRow
  inBook: boolean
  earlier: SourceRow | null
  outcome: OnDuplicate | 'bad' | null
}

/** Rows of an import under a mapping without writing anything; stops when the caller goes away. */
export async function previewOf(
  ctx: Ctx,
  batch: BatchRow,
  input: PreviewInput,
  signal: AbortSignal | undefined,
): Promise<Preview> {
  const options = { ...optionsOf(batch), mapping: input.mapping }
  const choices = choicesOf(ctx.db, batch.id)
  const path = rowsPathOf(ctx, batch.id, options)
  if (!input.count) {
    const first: Shown[] = []
    for (const source of readRows(path)) {
      first.push({ source, inBook: true, earlier: null, outcome: null })
      if (first.length === input.limit) break
    }
    return { rows: previewRows(ctx, options, input, choices, first), next: null, counts: null }
  }
  const plan = await planOf(ctx, batch, options, input.on_duplicate === 'skip', signal)
  const outcomes = outcomesOf(plan, input.on_duplicate, choices)
  const { page, next } = pageOf(plan, input, (row) => choices.has(row))
  const place = (i: number) => ({ from: plan.places[i]!, to: plan.places[i + 1]! - 1 })
  const sources = rowsAt(path, page.map(place))
  const shown = page.map((i, at): Shown => {
    const earlier = plan.earlier[i]!
    const inBook = (plan.flags[i]! & IN_BOOK) !== 0
    // A row whose like was left out is the first of its kind.
    const repeats = earlier !== NONE && !(outcomes[earlier] === 'skip' && isAlone(plan, earlier))
    const before = repeats ? rowsAt(path, [place(earlier)])[0]! : null
    return { source: sources[at]!, inBook, earlier: before, outcome: outcomes[i]! }
  })
  return {
    rows: previewRows(ctx, options, input, choices, shown),
    next,
    counts: countsOf(plan, outcomes, choices.size),
  }
}

function phoneOf({ channels }: Customer): string | null {
  const phone = channels.find((c) => c.kind === 'phone')
  return phone?.e164 ?? phone?.value ?? null
}

const isAlone = (plan: Plan, i: number) => (plan.flags[i]! & IN_BOOK) === 0 && plan.earlier[i] === NONE

/** Indexes of the rows to show, and where the next page begins. */
function pageOf(plan: Plan, { show, after, limit }: PreviewInput, isChosen: (row: number) => boolean) {
  const wanted = (i: number): boolean => {
    const flags = plan.flags[i]!
    if (show === 'bad') return (flags & BAD) !== 0
    if (show === 'warned') return (flags & PROBLEMS) !== 0 && (flags & BAD) === 0
    if (show === 'chosen') return isChosen(plan.rows[i]!)
    if (show === 'duplicates') return !isAlone(plan, i)
    if (show === 'new') return isAlone(plan, i) && (flags & BAD) === 0
    return true
  }
  const page: number[] = []
  for (let i = after ?? 0; i < plan.size; i++) {
    if (!wanted(i)) continue
    if (page.length === limit) return { page, next: i }
    page.push(i)
  }
  return { page, next: null }
}

function previewRows(
  ctx: Ctx,
  options: ImportOptions,
  { on_duplicate }: PreviewInput,
  choices: ReadonlyMap<number, OnDuplicate>,
  shown: readonly Shown[],
): PreviewRow[] {
  const rules = rulesOf(ctx, options, options.mapping)
  const fields = mappedFields(rules)
  const results = shown.map((s) => mapRow(shownCells(s.source, options.columns), rules))
  const likes = results.map(({ mapped }) => (mapped ? likenessOf(mapped) : null))
  const asked = likes.flatMap((like, i) => (like && shown[i]!.inBook ? [like] : []))
  const found = findKnown(ctx.db, asked)
  const known = (i: number): Known | undefined => found[asked.indexOf(likes[i]!)]
  const ofBook = (row: MappedRow, { id, why }: Known): ImportDuplicate => {
    const { customer, existing } = readExisting(ctx.db, id)
    return {
      id,
      row: null,
      name: customer.name,
      phone: phoneOf(customer),
      city: customer.addresses.find((a) => a.city)?.city ?? null,
      why,
      fill: rowChanges(existing, row, 'fill', fields).list,
      update: rowChanges(existing, row, 'update', fields).list,
    }
  }
  const ofFile = (row: MappedRow, source: SourceRow): ImportDuplicate | null => {
    const { mapped } = mapRow(shownCells(source, options.columns), rules)
    if (!mapped) return null
    const seen = new SeenRows()
    const like = likenessOf(mapped)
    seen.add(like, 0)
    const existing = existingOf(mapped)
    return {
      id: null,
      row: source.row,
      name: mapped.name,
      phone: mapped.phone,
      city: mapped.city,
      why: seen.find(likenessOf(row), () => ({ ...like, phones: like.allPhones }))?.why ?? [],
      fill: rowChanges(existing, row, 'fill', fields).list,
      update: rowChanges(existing, row, 'update', fields).list,
    }
  }
  return shown.map(({ source, earlier, outcome }, i) => {
    const { mapped, problems } = results[i] as RowResult
    const inBook = mapped && known(i)
    const duplicate = !mapped ? null : inBook ? ofBook(mapped, inBook) : earlier ? ofFile(mapped, earlier) : null
    const choice = choices.get(source.row) ?? null
    const { name = '', phone = null, city = null } = mapped ?? {}
    const otherwise = !mapped ? 'bad' : duplicate ? (choice ?? on_duplicate) : choice === 'skip' ? 'skip' : 'add'
    const cells = shownCells(source, options.columns).cells
    return { row: source.row, cells, name, phone, city, outcome: outcome ?? otherwise, choice, duplicate, problems }
  })
}
