import * as XLSX from '@e965/xlsx'
import { headerRowOf } from '../headers.ts'
import { judged } from './csv.ts'
import { ParseError } from './parse-error.ts'
import type { Reader } from './source.ts'
import { guardZip } from './zip-guard.ts'

type Cell = XLSX.CellObject | undefined

/** Reads the first sheet of an .xlsx that has anything in it. Days become ISO text, numbers their plain digits. */
export function readExcel(bytes: Buffer, reader: Reader): void {
  guardZip(bytes)
  const sheet = firstSheet(bytes)
  const rows = (sheet['!data'] ?? []) as Cell[][]
  const merged = { first: XLSX.utils.decode_range(sheet['!ref'] ?? 'A1').s.r }
  const sample: string[][] = []
  for (let i = merged.first; i < rows.length && sample.length < 30; i++) {
    const cells = cellsOf(rows[i])
    if (cells.some((c) => c !== '')) sample.push(cells)
  }
  const header = headerRowOf(sample)
  reader.head({ headers: header === null ? [] : (sample[header] ?? []), mapping: null })
  let seen = -1
  for (let i = merged.first; i < rows.length; i++) {
    const cells = cellsOf(rows[i])
    if (!cells.some((c) => c !== '')) continue
    seen++
    if (header === null || seen > header) reader.row(judged({ row: i + 1, cells }))
  }
}

function firstSheet(bytes: Buffer): XLSX.WorkSheet {
  let book: XLSX.WorkBook
  try {
    book = XLSX.read(bytes, { type: 'buffer', dense: true, cellNF: true, cellHTML: false, cellFormula: false })
  } catch {
    throw new ParseError('BROKEN_FILE')
  }
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name]
    const rows = (sheet?.['!data'] ?? []) as Cell[][]
    if (sheet && rows.some((row) => row?.some((cell) => textOf(cell) !== ''))) return sheet
  }
  throw new ParseError('NO_ROWS')
}

function cellsOf(row: Cell[] | undefined): string[] {
  const cells = Array.from(row ?? [], textOf)
  while (cells.length > 0 && cells.at(-1) === '') cells.pop()
  return cells
}

function textOf(cell: Cell): string {
  if (!cell || cell.v === undefined || cell.v === null || cell.t === 'e' || cell.t === 'z') return ''
  if (cell.t === 'n' && typeof cell.v === 'number') return numberText(cell.v, cell.z)
  return String(cell.v).trim()
}

/** 1404-10-01 in a Jalali-formatted cell is stored as its Gregorian serial, so a date format always means a real day. */
function numberText(value: number, format: string | number | undefined): string {
  if (format !== undefined && typeof format === 'string' && XLSX.SSF.is_date(format)) {
    const d = XLSX.SSF.parse_date_code(value) as { y: number; m: number; d: number } | null
    if (d && d.y > 0) return `${d.y}-${String(d.m).padStart(2, '0')}-${String(d.d).padStart(2, '0')}`
  }
  return Number.isInteger(value) ? BigInt(value).toString() : String(value)
}
