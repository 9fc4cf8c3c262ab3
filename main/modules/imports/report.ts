import { readFileSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { ImportField, ImportProblem } from '../../../shared/contract/imports.ts'
import type { BatchRow } from '../../db/batch.ts'
import { rethrow } from '../../db/sqlite-errors.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { csvWriter } from '../exports/csv.ts'
import { zipStamp } from '../exports/file-name.ts'
import { OutFile } from '../exports/out-file.ts'
import { xlsxWriter } from '../exports/xlsx.ts'
import { optionsOf } from './batch-row.ts'
import { rememberMapping } from './profile.ts'

/** Main has no sentences of its own: whoever asks brings them. */
export interface ReportWords {
  /** The rows that came in with a warning instead of those that did not come in. */
  warned: boolean
  name: string
  header: string
  reasons: Partial<Record<ImportProblem['code'] | 'CELL_TOO_LONG', string>>
  fields: Partial<Record<ImportField, string>>
}

const PAGE = 500
const MAX_CELL = 32_767

/**
 * The rows that did not come in (or came with a warning) with the reason beside each, in the columns of their file. The mapping is
 * remembered for this file too, its last column as nothing, so that it can be corrected and brought again as it is. Fails with NOTHING_TO_REPORT, DISK_FULL.
 */
export async function reportOf(ctx: Ctx, batch: BatchRow, words: ReportWords): Promise<{ file: File; rows: number }> {
  if (listed(ctx, batch.id, words.warned, -1, 1).length === 0) fail('NOTHING_TO_REPORT')
  const { headers, mapping } = optionsOf(batch)
  // A file without headers gets some: then every program, and this one, knows its columns.
  const shown = headers.map((header, i) => header || (mapping[i] && words.fields[mapping[i]]) || '')
  const all = [...shown, words.header]
  write(ctx, 'imports.report', (tx) => rememberMapping(tx, all, [...headers.map((_, i) => mapping[i] ?? null), null]))
  const isBook = batch.kind === 'xlsx' || batch.kind === 'xls'
  const ending = isBook ? 'xlsx' : 'csv'
  const path = join(ctx.folder, 'imports', `report-${ctx.ids.next()}.${ending}`)
  try {
    await mkdir(join(ctx.folder, 'imports'), { recursive: true, mode: 0o700 })
    const rows = await writeReport(ctx, batch.id, path, all, words, isBook)
    return { file: new File([readFileSync(path)], `${words.name}.${ending}`), rows }
  } catch (error) {
    return rethrow(error)
  } finally {
    rmSync(path, { force: true })
  }
}

async function writeReport(ctx: Ctx, id: string, path: string, headers: string[], words: ReportWords, isBook: boolean) {
  const out = new OutFile(path)
  let isWhole = false
  try {
    const columns = headers.map((header, i) => ({
      header,
      kind: 'text' as const,
      width: i === headers.length - 1 ? 60 : 18,
    }))
    const rtl = headers.some((h) => /[\u0600-\u06ff]/.test(h))
    const sheet = {
      name: words.header.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
      rtl,
      zip: { stamp: zipStamp(ctx.clock.now()) },
    }
    const writer = isBook ? xlsxWriter(out, columns, sheet) : csvWriter(out, columns)
    let count = 0
    for (let after = -1; ; ) {
      const page = listed(ctx, id, words.warned, after, PAGE)
      for (const { cells, problems } of page) {
        const source = JSON.parse(cells) as string[]
        const reasons = (JSON.parse(problems) as ImportProblem[]).map((p) => sentence(p, words))
        const row = headers.map((_, i) => source[i] ?? '')
        row[headers.length - 1] = [...new Set(reasons)].join(' ').slice(0, MAX_CELL)
        writer.row(row)
      }
      count += page.length
      if (page.length < PAGE) break
      after = page.at(-1)!.pk
      await turn()
    }
    writer.finish()
    out.finish()
    isWhole = true
    return count
  } finally {
    if (!isWhole) out.drop()
  }
}

function listed(ctx: Ctx, id: string, came: boolean, after: number, limit: number) {
  return ctx.db
    .prepare(
      'SELECT pk, problems, cells FROM batch_problem WHERE batch_id = ? AND came = ? AND pk > ? ORDER BY pk LIMIT ?',
    )
    .all(id, came ? 1 : 0, after, limit) as Array<{ pk: number; problems: string; cells: string }>
}

function sentence({ code, field, value }: ImportProblem, { reasons, fields }: ReportWords): string {
  const text = reasons[code === 'TOO_LONG' && !field && !value ? 'CELL_TOO_LONG' : code] ?? code
  // A column that becomes nothing is known by its header, which is the value.
  const values: Record<string, string> = {
    field: field ? (fields[field] ?? field) : value.slice(0, 60),
    value: value.slice(0, 60),
  }
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
}
