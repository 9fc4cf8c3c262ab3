import { join } from 'node:path'
import type { ImportField, OnDuplicate, ReadFacts } from '../../../shared/contract/imports.ts'
import { type BatchRow, readBatch } from '../../db/batch.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'

/** What an import remembers beside its numbers: JSON in batch.options. */
export interface ImportOptions {
  /** The file of its rows in its folder; reading the source again makes another. */
  rows: string
  headers: string[]
  mapping: Array<ImportField | null>
  /** Columns of the rows file that are shown and mapped (those of a vCard that hold something); null: all. */
  columns: number[] | null
  on_duplicate: OnDuplicate
  /** The civil day it was staged on, so that a resume reads two-digit years alike. */
  today: string
  facts: ReadFacts
}

export const folderOf = (ctx: Ctx, id: string): string => join(ctx.folder, 'imports', id)
export const rowsPathOf = (ctx: Ctx, id: string, { rows }: Pick<ImportOptions, 'rows'>): string =>
  join(folderOf(ctx, id), rows)

const FILES = new Set(['csv', 'xlsx', 'xls', 'vcf'])
/** States in which the file is still there and can be looked at and run. */
const OPEN = new Set(['staged', 'interrupted', 'cancelled'])

/** The batch of a file. Fails with NOT_FOUND for another kind of batch too: samples and bulk commands are not run from here. */
export function importOf(ctx: Ctx, id: string): BatchRow {
  const row = readBatch(ctx, id)
  if (!row || !FILES.has(row.kind)) fail('NOT_FOUND', { kind: 'import' })
  return row
}

/** The same for one whose file can still be looked at. */
export function openImportOf(ctx: Ctx, id: string): BatchRow {
  const row = importOf(ctx, id)
  if (!OPEN.has(row.state)) fail('NOT_FOUND', { kind: 'import' })
  return row
}

export const optionsOf = (row: BatchRow): ImportOptions => JSON.parse(row.options) as ImportOptions
