import { join } from 'node:path'
import type { ImportField } from '../../../shared/contract/imports.ts'
import { type BatchRow, readBatch } from '../../db/batch.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'

/** What an import remembers beside its numbers: JSON in batch.options. */
export interface ImportOptions {
  headers: string[]
  mapping: Array<ImportField | null>
  /** Columns of the rows file that are shown and mapped (those of a vCard that hold something); null: all. */
  columns: number[] | null
  skip_known: boolean
  /** The civil day it was staged on, so that a resume reads two-digit years alike. */
  today: string
}

export const folderOf = (ctx: Ctx, id: string): string => join(ctx.folder, 'imports', id)
export const rowsPathOf = (ctx: Ctx, id: string): string => join(folderOf(ctx, id), 'rows.jsonl')

const FILES = new Set(['csv', 'xlsx', 'vcf'])

/** The batch of a file. Fails with NOT_FOUND for another kind of batch too: samples and bulk commands are not run from here. */
export function importOf(ctx: Ctx, id: string): BatchRow {
  const row = readBatch(ctx, id)
  if (!row || !FILES.has(row.kind)) fail('NOT_FOUND', { kind: 'import' })
  return row
}

export const optionsOf = (row: BatchRow): ImportOptions => JSON.parse(row.options) as ImportOptions
