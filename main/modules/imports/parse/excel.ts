import * as XLSX from '@e965/xlsx'
import { codepages } from './codepages.ts'
import { decoderOf, encodingOfBytes } from './encoding.ts'
import type { ReadFacts, ReadOptions } from './facts.ts'
import { numberText } from './number-text.ts'
import { ParseError } from './parse-error.ts'
import { type BookSheet, readSheet } from './sheets.ts'
import type { TableRows } from './table-rows.ts'
import { leanOldSheets } from './xls-lean.ts'
import { leanSheets } from './xlsx-lean.ts'
import { guardDeclared, guardZip } from './zip-guard.ts'

type Cell = XLSX.CellObject | undefined

/**
 * Reads a workbook: .xlsx, .xlsb, .ods, .xls of any age, or a web page or XML that calls itself .xls. Values are taken, formulas never
 * evaluated; days become ISO text, numbers their plain digits.
 */
export function readExcel(bytes: Buffer, options: ReadOptions, facts: ReadFacts, table: TableRows): void {
  readSheet(sheetsIn(bytes), options, facts, table)
}

function sheetsIn(bytes: Buffer): BookSheet[] {
  try {
    if (bytes[0] === 0x50) return zippedSheets(bytes)
    const lean = bytes[0] === 0xd0 ? leanOldSheets(bytes) : null
    if (lean) return lean
    // Programs before Excel 97 wrote their own code page, and mostly forgot to say which.
    if (bytes[0] === 0xd0 || bytes[0] === 0x09) return librarySheets(bytes, { type: 'buffer', codepage: 1256 })
    return librarySheets(markup(bytes), { type: 'string' })
  } catch (error) {
    if (error instanceof ParseError) throw error
    const words = String(error)
    if (/password|encrypt/i.test(words)) throw new ParseError('PROTECTED_FILE')
    const other = /Cannot find Workbook|Unsupported|not a spreadsheet/i.test(words)
    throw new ParseError(other ? 'UNKNOWN_FORMAT' : 'BROKEN_FILE')
  }
}

function zippedSheets(bytes: Buffer): BookSheet[] {
  const names = guardDeclared(bytes).map((e) => e.name.replaceAll('\\', '/').toLowerCase())
  if (!names.some((name) => /^\/?(xl\/workbook\.(xml|bin)|content\.xml)$/.test(name)))
    throw new ParseError('UNKNOWN_FORMAT')
  const lean = leanSheets(bytes)
  if (lean) return lean
  guardZip(bytes)
  return librarySheets(bytes, { type: 'buffer' })
}

/** Larger pages would need many times their size while they are taken apart. */
const MAX_MARKUP = 48 * 1024 * 1024

/** Web panels call their tables .xls. A page without a table is something else: a login form that was saved in place of the list. */
function markup(bytes: Buffer): string {
  if (bytes.length > MAX_MARKUP) throw new ParseError('UNPACKS_TOO_LARGE')
  const text = decoderOf(encodingOfBytes(bytes).encoding)(bytes).replace(/^\ufeff?\s+/, '')
  if (!/<(table|Workbook|ss:Workbook)[\s>]/i.test(text)) throw new ParseError('UNKNOWN_FORMAT')
  return text
}

/** The sheets as @e965/xlsx reads them. Exported for the test that holds both readers against each other. */
export function librarySheets(data: Buffer | string, how: XLSX.ParsingOptions): BookSheet[] {
  XLSX.set_cptable(codepages())
  const options = { dense: true, cellNF: true, cellHTML: false, cellFormula: false, cellText: false, raw: true }
  const book = XLSX.read(data, { ...options, ...how })
  const epoch = { date1904: book.Workbook?.WBProps?.date1904 === true }
  return book.SheetNames.map((name, i) => {
    const sheet = book.Sheets[name]
    const rows = (sheet?.['!data'] ?? []) as Cell[][]
    return {
      name,
      hidden: (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0,
      merges: sheet?.['!merges'] ?? [],
      *rows() {
        for (let r = 0; r < rows.length; r++)
          yield { row: r + 1, cells: Array.from(rows[r] ?? [], (cell) => textOf(cell, epoch)) }
      },
    }
  })
}

function textOf(cell: Cell, epoch: { date1904: boolean }): string {
  if (!cell || cell.v === undefined || cell.v === null || cell.t === 'e' || cell.t === 'z') return ''
  if (cell.v instanceof Date) return Number.isNaN(cell.v.getTime()) ? '' : cell.v.toISOString().slice(0, 10)
  if (cell.t === 'n' && typeof cell.v === 'number') return numberText(cell.v, cell.z, epoch)
  return String(cell.v).trim()
}
