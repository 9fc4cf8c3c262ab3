import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { writeRows } from '../rows-file.ts'
import { readCsv } from './csv.ts'
import { readExcel } from './excel.ts'
import { type FileFormat, noFacts, type ReadFacts, type ReadOptions } from './facts.ts'
import { MAX_FILE_BYTES } from './limits.ts'
import { ParseError } from './parse-error.ts'
import type { Reader, SourceHead } from './source.ts'
import { TableRows } from './table-rows.ts'
import { readVcards } from './vcard-rows.ts'

export type { FileFormat, ReadFacts, ReadOptions } from './facts.ts'

export interface ParsedFile extends SourceHead {
  format: FileFormat
  /** Records with anything in them, headers not counted. */
  total: number
  /** The first rows, for guessing what the columns are. */
  sample: string[][]
  /** Columns that hold something; of a vCard most stay empty. */
  used: boolean[]
  /** How it was read, for people to see and correct. */
  facts: ReadFacts
}

const SAMPLE = 200
/** Of one cell of the sample: it goes to another thread, and may be guessed from by its beginning as well. */
const SAMPLE_CELL = 500

/**
 * Reads `path` (whatever its name says) and writes its rows to `rowsPath`. `options` read the same file again in another way. Throws
 * ParseError. Blocks: run it in a worker.
 */
export function parseFile(path: string, rowsPath: string, options: ReadOptions = {}): ParsedFile {
  const size = statSync(path).size
  if (size === 0) throw new ParseError('EMPTY_FILE')
  if (size > MAX_FILE_BYTES) throw new ParseError('FILE_TOO_LARGE')
  const format = formatOf(path)
  const facts = noFacts()
  const parsed: ParsedFile = { format, headers: [], mapping: null, total: 0, sample: [], used: [], facts }
  const rows = writeRows(rowsPath)
  const reader: Reader = {
    head: (head) => Object.assign(parsed, head),
    row: (row) => {
      parsed.total++
      if (!row.fault && parsed.sample.length < SAMPLE) parsed.sample.push(row.cells.map((c) => c.slice(0, SAMPLE_CELL)))
      for (let i = 0; i < row.cells.length; i++) if (row.cells[i] !== '') parsed.used[i] = true
      rows.write(row)
    },
  }
  try {
    if (format === 'vcf') readVcards(path, options, facts, reader)
    else {
      const table = new TableRows(reader, facts, options)
      if (format === 'csv') readCsv(path, options, facts, table)
      else readExcel(readFileSync(path), options, facts, table)
      table.end()
    }
  } finally {
    rows.close()
  }
  if (parsed.total === 0) throw new ParseError('NO_ROWS')
  for (let i = 0; i < parsed.used.length; i++) parsed.used[i] ??= false
  return parsed
}

/** By content: people rename files, and web panels call a page .xls. */
export function formatOf(path: string): FileFormat {
  const start = Buffer.alloc(4096)
  const file = openSync(path, 'r')
  const size = readSync(file, start, 0, start.length, 0)
  closeSync(file)
  const head = start.subarray(0, size)
  if (head.length >= 4 && head.readUInt32BE(0) === 0x504b0304) return 'xlsx'
  if (head.length >= 8 && head.readUInt32BE(0) === 0xd0cf11e0) return 'xls'
  // Workbooks of Excel 2 to 5 without a container: a BOF record, which no text begins with.
  if (head.length >= 4 && head[0] === 0x09 && [0, 2, 4, 8].includes(head[1]!) && head[3] === 0) return 'xls'
  const latin = head.toString('latin1')
  if (/^(%PDF-|\x89PNG|GIF8|Rar!|7z\xbc|\xff\xd8\xff|\{\\rtf|SQLite format)/.test(latin))
    throw new ParseError('UNKNOWN_FORMAT')
  const text = latin.replaceAll('\0', '').replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, '')
  if (/^BEGIN\s*:\s*VCARD/i.test(text)) return 'vcf'
  return /^<(\?xml|!doctype|html|head|body|meta|table|div|style|!--|workbook)/i.test(text) ? 'xls' : 'csv'
}
