import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ExportRequest } from '../../../shared/contract/exports.ts'
import type { Db } from '../../db/open.ts'
import { fileName, zipStamp } from './file-name.ts'
import type { ExportInput, ExportResult, Pace } from './job.ts'
import { OutFile } from './out-file.ts'
import { readme } from './readme.ts'
import type { PlannedSheet } from './sheet-plan.ts'
import { countRows, jsonLine, readRows, sheetColumns } from './table-rows.ts'
import { xlsxWriter } from './xlsx.ts'
import { ZipWriter } from './zip.ts'

type EverythingRequest = Extract<ExportRequest, { what: 'everything' }>
type Input = Omit<ExportInput, 'request'> & { request: EverythingRequest }

/** Rows of a table between two looks at who waits. */
const PAGE = 1000

/** Where the files of «everything» go: into one zip, or beside each other. */
interface Target {
  begin(name: string): void
  text(text: string): void
  end(): void
  /** A finished file of the folder; a zip takes it in. */
  take(name: string): void
  finish(): ExportResult['files']
  drop(): void
}

/**
 * Every table that a module declares, as JSON lines (all rows, the deleted ones with their flag) and as a sheet (the living ones), and a
 * description of them all. Each table is read once.
 */
export async function writeEverything(db: Db, input: Input, pace: Pace): Promise<ExportResult> {
  const { folder, sheets, request, now } = input
  const target = request.format === 'zip' ? zipTarget(input) : folderTarget(folder)
  const counts = new Map(sheets.map((sheet) => [sheet.table, countRows(db, sheet)]))
  const total = sheets.reduce((sum, sheet) => sum + (counts.get(sheet.table) ?? 0), 0)
  const written = new Map<string, Written>()
  let done = 0
  let cut = 0
  try {
    await pace.step(0, total)
    for (const sheet of sheets) {
      const table = await writeTable(db, sheet, input, target, (rows) => pace.step(done + rows, total))
      written.set(sheet.table, table)
      done += counts.get(sheet.table) ?? 0
      cut += table.cut
    }
    target.begin('README.txt')
    target.text(readme(sheets, written, { now, private: request.private }))
    target.end()
    return { files: target.finish(), cut }
  } catch (error) {
    target.drop()
    throw error
  }
}

export interface Written {
  /** All, and those that are in the sheet. */
  rows: number
  living: number
  cut: number
}

async function writeTable(
  db: Db,
  sheet: PlannedSheet,
  { folder, request, now }: Input,
  target: Target,
  step: (rows: number) => Promise<void>,
): Promise<Written> {
  const columns = sheetColumns(sheet, request.language)
  const path = join(folder, `${sheet.table}.xlsx`)
  const out = new OutFile(path)
  const name = sheet.names[request.language].slice(0, 25)
  const table = xlsxWriter(out, columns, { name, rtl: request.language === 'fa', zip: { stamp: zipStamp(now) } })
  let rows = 0
  let living = 0
  target.begin(`${sheet.table}.jsonl`)
  try {
    for (const page of readRows(db, sheet, PAGE)) {
      for (const row of page) {
        target.text(jsonLine(sheet, row))
        if (row['alive'] !== 1) continue
        table.row(columns.map((column) => column.value(row)))
        living++
      }
      rows += page.length
      await step(rows)
    }
    table.finish()
    out.finish()
  } catch (error) {
    out.drop()
    throw error
  }
  target.end()
  target.take(`${sheet.table}.xlsx`)
  return { rows, living, cut: table.cut }
}

function zipTarget({ folder, request, now }: Input): Target {
  const name = fileName(request.language, 'everything', now, 'zip')
  const out = new OutFile(join(folder, name))
  const zip = new ZipWriter(out, { stamp: zipStamp(now), large: true })
  return {
    begin: (entry) => zip.begin(entry),
    text: (text) => zip.text(text),
    end: () => zip.end(),
    take(entry) {
      const path = join(folder, entry)
      zip.file(entry, path)
      rmSync(path)
    },
    finish() {
      zip.finish()
      return [{ name, bytes: out.finish() }]
    },
    drop: () => out.drop(),
  }
}

function folderTarget(folder: string): Target {
  const files: ExportResult['files'] = []
  let open: { name: string; out: OutFile } | null = null
  return {
    begin(name) {
      open = { name, out: new OutFile(join(folder, name)) }
    },
    text: (text) => open?.out.text(text),
    end() {
      if (open) files.push({ name: open.name, bytes: open.out.finish() })
      open = null
    },
    take: (name) => void files.push({ name, bytes: statSync(join(folder, name)).size }),
    finish: () => files,
    drop: () => open?.out.drop(),
  }
}
