import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { writeRows } from '../rows-file.ts'
import { readCsv } from './csv.ts'
import { readExcel } from './excel.ts'
import { type FileFormat, noFacts, type ReadFacts, type ReadOptions } from './facts.ts'
import { MAX_FILE_BYTES } from './limits.ts'
import { ParseError } from './parse-error.ts'
import type { Reader, SourceHead } from './source.ts'
import { linesOf, readText } from './text.ts'
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

/**
 * Reads `path` (whatever its name says) and writes its rows to `rowsPath`. `options` read the same file again in another way. Throws
 * ParseError. Blocks: run it in a worker.
 */
export function parseFile(path: string, rowsPath: string, _options: ReadOptions = {}): ParsedFile {
  const size = statSync(path).size
  if (size === 0) throw new ParseError('EMPTY_FILE')
  if (size > MAX_FILE_BYTES) throw new ParseError('FILE_TOO_LARGE')
  const format = formatOf(path)
  const parsed: ParsedFile = { format, headers: [], mapping: null, total: 0, sample: [], used: [], facts: noFacts() }
  const rows = writeRows(rowsPath)
  const reader: Reader = {
    head: (head) => Object.assign(parsed, head),
    row: (row) => {
      parsed.total++
      if (!row.fault && parsed.sample.length < SAMPLE) parsed.sample.push(row.cells)
      for (let i = 0; i < row.cells.length; i++) if (row.cells[i] !== '') parsed.used[i] = true
      rows.write(row)
    },
  }
  try {
    if (format === 'xlsx') readExcel(readFileSync(path), reader)
    else if (format === 'vcf') parsed.facts.photos = readVcards(linesOf(readText(path)), reader)
    else readCsv([...readText(path)].join(''), reader)
  } finally {
    rows.close()
  }
  if (parsed.total === 0) throw new ParseError('NO_ROWS')
  return parsed
}

/** By content: people rename files. Old .xls and password-protected workbooks begin with D0CF and are not read yet. */
export function formatOf(path: string): FileFormat {
  const start = Buffer.alloc(4096)
  const file = openSync(path, 'r')
  const size = readSync(file, start, 0, start.length, 0)
  closeSync(file)
  const head = start.subarray(0, size)
  if (head.length >= 4 && head.readUInt32BE(0) === 0x504b0304) return 'xlsx'
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (!utf16 && head.includes(0)) throw new ParseError('UNKNOWN_FORMAT')
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') throw new ParseError('UNKNOWN_FORMAT')
  const text = utf16 ? new TextDecoder('utf-16le').decode(head) : head.toString('utf8')
  return /^[\s\ufeff]*BEGIN:VCARD/i.test(text) ? 'vcf' : 'csv'
}
