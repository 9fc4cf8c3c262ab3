import Papa from 'papaparse'
import { headerRowOf } from '../headers.ts'
import { MAX_CELL, MAX_COLUMNS } from './limits.ts'
import type { Reader, SourceRow } from './source.ts'

const DELIMITERS = [',', '\t', ';', '|']
/** How often a quote that never closes may swallow the rest before quotes are taken as plain letters. */
const MAX_RESTARTS = 20

/** Reads delimited text. The delimiter is guessed by papaparse from the first lines; rows keep the line they start on. */
export function readCsv(text: string, reader: Reader): void {
  const sample = text.slice(0, 200_000)
  const guess = Papa.parse<string[]>(sample, { preview: 30, delimitersToGuess: DELIMITERS, skipEmptyLines: 'greedy' })
  const header = headerRowOf(guess.data)
  let state: { seen: number } = { seen: 0 }
  reader.head({ headers: header === null ? [] : (guess.data[header] ?? []).map((c) => c.trim()), mapping: null })
  const accept = (row: SourceRow) => {
    if (row.cells.every((c) => c.trim() === '')) return
    const index = state.seen
    state = { seen: index + 1 }
    if (header !== null && index <= header) return
    reader.row(judged(row))
  }
  parseFrom(text, 0, 1, guess.meta.delimiter, MAX_RESTARTS, accept)
}

function parseFrom(
  text: string,
  start: number,
  line: number,
  delimiter: string,
  restarts: number,
  accept: (row: SourceRow) => void,
): void {
  let at = line
  let cursor = start
  let restart: { start: number; line: number } | null = null
  Papa.parse<string[]>(start === 0 ? text : text.slice(start), {
    delimiter,
    ...(restarts === 0 && { quoteChar: '\u0000' }),
    step: (result, parser) => {
      const row = at
      if (restarts > 0 && result.errors.some((e) => e.code === 'MissingQuotes')) {
        // One stray quote must cost one row, not all that follow it.
        const end = text.indexOf('\n', cursor)
        accept({
          row,
          cells: splitPlain(text.slice(cursor, end < 0 ? undefined : end), delimiter),
          fault: 'UNREADABLE',
        })
        if (end >= 0) restart = { start: end + 1, line: row + 1 }
        parser.abort()
        return
      }
      at += 1 + result.data.reduce((n, cell) => n + newlinesIn(cell), 0)
      cursor = start + result.meta.cursor
      accept({ row, cells: result.data })
    },
  })
  const again = restart as { start: number; line: number } | null
  if (again) parseFrom(text, again.start, again.line, delimiter, restarts - 1, accept)
}

const splitPlain = (line: string, delimiter: string) => line.replace(/\r$/, '').split(delimiter)

function newlinesIn(cell: string): number {
  let n = 0
  for (let i = cell.indexOf('\n'); i >= 0; i = cell.indexOf('\n', i + 1)) n++
  return n
}

/** The limits every table format shares. */
export function judged(row: SourceRow): SourceRow {
  if (row.cells.length > MAX_COLUMNS)
    return { ...row, cells: row.cells.slice(0, MAX_COLUMNS), fault: 'TOO_MANY_COLUMNS' }
  if (row.cells.some((c) => c.length > MAX_CELL)) {
    return { ...row, cells: row.cells.map((c) => c.slice(0, MAX_CELL)), fault: row.fault ?? 'TOO_LONG' }
  }
  return row
}
