import * as XLSX from '@e965/xlsx'
import { isHeaderWord } from '../headers.ts'
import { codepages } from './codepages.ts'
import { decoderOf, encodingOfBytes } from './encoding.ts'
import type { ReadFacts, ReadOptions, SheetFacts } from './facts.ts'
import { mended, needsMending } from './mojibake.ts'
import { ParseError } from './parse-error.ts'
import type { TableRows } from './table-rows.ts'
import { guardZip, zipEntries } from './zip-guard.ts'

type Cell = XLSX.CellObject | undefined
interface Sheet extends SheetFacts {
  rows_: Cell[][]
  merges: XLSX.Range[]
  /** Header words in the best of its first rows. */
  known: number
}

/** Beyond it a workbook cannot have been meant for a person; each merged area may be copied into many cells. */
const MAX_MERGES = 50_000

/**
 * Reads one sheet of a workbook (.xlsx, .xlsb, .ods, .xls of any age, or a web page or XML that calls itself .xls): the asked one, else
 * the first visible one with a header that says something, else the first visible one with rows. Values are taken, formulas never
 * evaluated; days become ISO text, numbers their plain digits.
 */
export function readExcel(bytes: Buffer, options: ReadOptions, facts: ReadFacts, table: TableRows): void {
  const book = read(bytes)
  const sheets = sheetsOf(book)
  facts.sheets = sheets.map(({ name, rows, hidden }) => ({ name, rows, hidden }))
  const visible = sheets.filter((s) => !s.hidden && s.rows > 0)
  const sheet =
    sheets.find((s) => s.name === options.sheet) ??
    visible.find((s) => s.known >= 2 && s.rows > 1) ??
    visible.find((s) => s.rows > 1) ??
    visible[0] ??
    sheets.find((s) => s.rows > 0)
  if (!sheet) throw new ParseError('NO_ROWS')
  facts.sheet = sheet.name
  const epoch = { date1904: book.Workbook?.WBProps?.date1904 === true }
  const text = (cell: Cell) => textOf(cell, epoch)
  const rows = sheet.rows_
  const garbled = needsMending(sampleOf(rows))
  const bands = fillMerged(rows, sheet.merges, facts)
  for (let i = 0; i < rows.length; i++) {
    const cells = Array.from(rows[i] ?? [], text)
    while (cells.length > 0 && cells.at(-1) === '') cells.pop()
    const band = bands.get(i)
    table.add({ row: i + 1, cells: garbled ? cells.map(mended) : cells }, band !== undefined && isAlone(cells, band))
    // Cells that were read are no longer needed; a big sheet is not held twice.
    rows[i] = []
  }
}

const isAlone = (cells: string[], at: number) => cells.every((cell, i) => cell === '' || i === at)

function read(bytes: Buffer): XLSX.WorkBook {
  XLSX.set_cptable(codepages())
  const options: XLSX.ParsingOptions = {
    dense: true,
    cellNF: true,
    cellHTML: false,
    cellFormula: false,
    cellText: false,
    raw: true,
  }
  try {
    if (bytes[0] === 0x50) {
      guardZip(bytes)
      if (
        !zipEntries(bytes).some((e) => /^(xl\/workbook\.(xml|bin)|content\.xml)$/i.test(e.name.replaceAll('\\', '/')))
      )
        throw new ParseError('UNKNOWN_FORMAT')
      return XLSX.read(bytes, { ...options, type: 'buffer' })
    }
    // Programs before Excel 97 wrote their own code page, and mostly forgot to say which.
    if (bytes[0] === 0xd0 || bytes[0] === 0x09) return XLSX.read(bytes, { ...options, type: 'buffer', codepage: 1256 })
    return XLSX.read(markup(bytes), { ...options, type: 'string' })
  } catch (error) {
    if (error instanceof ParseError) throw error
    const words = String(error)
    if (/password|encrypt/i.test(words)) throw new ParseError('PROTECTED_FILE')
    throw new ParseError(
      /Cannot find Workbook|Unsupported|not a spreadsheet/i.test(words) ? 'UNKNOWN_FORMAT' : 'BROKEN_FILE',
    )
  }
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

function sheetsOf(book: XLSX.WorkBook): Sheet[] {
  return book.SheetNames.map((name, i) => {
    const sheet = book.Sheets[name]
    const rows_ = (sheet?.['!data'] ?? []) as Cell[][]
    let rows = 0
    let known = 0
    let looked = 0
    for (const row of rows_) {
      if (
        !row?.some(
          (cell) => cell !== undefined && cell.v !== undefined && cell.v !== null && cell.v !== '' && cell.t !== 'e',
        )
      )
        continue
      rows++
      if (looked++ >= 25) continue
      known = Math.max(known, row.filter((cell) => cell?.t === 's' && isHeaderWord(String(cell.v))).length)
    }
    const hidden = (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0
    return { name, rows, hidden, rows_, merges: (sheet?.['!merges'] ?? []).slice(0, MAX_MERGES), known }
  })
}

/**
 * A merged area gives its value to the rows it reaches over, in its first column: a company beside its three people. Across columns it is
 * one value in one place. Returns the rows whose cell at that column is spread over the table, as headings between rows are.
 */
function fillMerged(rows: Cell[][], merges: XLSX.Range[], facts: ReadFacts): Map<number, number> {
  const bands = new Map<number, number>()
  for (const { s, e } of merges) {
    const value = rows[s.r]?.[s.c]
    if (!value) continue
    if (s.r === e.r && e.c - s.c >= 2) bands.set(s.r, s.c)
    for (let r = s.r + 1; r <= Math.min(e.r, rows.length - 1); r++) {
      const row = rows[r]
      // Below the last row with values of its own there is nobody to give it to.
      if (!row || row.length === 0 || row[s.c]?.v !== undefined) continue
      row[s.c] = value
      facts.merged++
    }
  }
  return bands
}

function sampleOf(rows: Cell[][]): string {
  const out: string[] = []
  for (const row of rows) {
    for (const cell of row ?? []) if (cell?.t === 's') out.push(String(cell.v).slice(0, 100))
    if (out.length > 300) break
  }
  return out.join(' ')
}

function textOf(cell: Cell, epoch: { date1904: boolean }): string {
  if (!cell || cell.v === undefined || cell.v === null || cell.t === 'e' || cell.t === 'z') return ''
  if (cell.v instanceof Date) return Number.isNaN(cell.v.getTime()) ? '' : cell.v.toISOString().slice(0, 10)
  if (cell.t === 'n' && typeof cell.v === 'number') return numberText(cell.v, cell.z, epoch)
  return String(cell.v).trim()
}

/** 1404-10-01 in a Jalali-formatted cell is stored as its Gregorian serial, so a date format always means a real day. */
function numberText(value: number, format: string | number | undefined, epoch: { date1904: boolean }): string {
  if (!Number.isFinite(value)) return ''
  if (typeof format === 'string' && value >= 0 && XLSX.SSF.is_date(format)) {
    const d = XLSX.SSF.parse_date_code(value, epoch) as { y: number; m: number; d: number } | null
    if (d && d.y > 0) return `${d.y}-${String(d.m).padStart(2, '0')}-${String(d.d).padStart(2, '0')}`
  }
  return Number.isInteger(value) ? BigInt(value).toString() : String(value)
}
