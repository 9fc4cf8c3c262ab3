import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import type { SourceRow } from './parse/source.ts'

/**
 * The rows of a staged file, one JSON line each, written once by the parsing worker. Preview, run and a resume after a crash all read
 * these same numbered rows, so that «done: 4,000» means the same rows whenever it is read.
 */
export interface RowWriter {
  write(row: SourceRow): void
  close(): void
}

const BUFFERED = 1 << 20
const NEWLINE = 10

export function writeRows(path: string): RowWriter {
  const file = openSync(path, 'w')
  let lines: string[] = []
  let size = 0
  const flush = () => {
    if (size > 0) writeSync(file, lines.join(''))
    lines = []
    size = 0
  }
  return {
    write(row) {
      const line = `${JSON.stringify([row.row, row.fault ?? 0, ...row.cells])}\n`
      lines.push(line)
      size += line.length
      if (size > BUFFERED) flush()
    },
    close() {
      flush()
      fsyncSync(file)
      closeSync(file)
    },
  }
}

/** A row and where its line begins and ends in the file, in bytes. */
export interface PlacedRow {
  row: SourceRow
  from: number
  to: number
}

/** From the first row on. */
export function* readRows(path: string): Generator<SourceRow, void, void> {
  for (const { row } of readPlacedRows(path)) yield row
}

/** Beginning at the row whose line begins at the byte `start`. */
export function* readPlacedRows(path: string, start = 0): Generator<PlacedRow, void, void> {
  for (const { text, from, to } of lines(path, start)) yield { row: rowOf(text), from, to }
}

/** Where the line of the row after the first `skip` begins. */
export function placeOf(path: string, skip: number): number {
  let index = 0
  if (skip > 0) for (const { to } of lines(path)) if (++index === skip) return to + 1
  return 0
}

/** The rows whose lines stand at these places. */
export function rowsAt(path: string, places: ReadonlyArray<{ from: number; to: number }>): SourceRow[] {
  if (places.length === 0) return []
  const file = openSync(path, 'r')
  try {
    return places.map(({ from, to }) => {
      const line = Buffer.allocUnsafe(to - from)
      readSync(file, line, 0, line.length, from)
      return rowOf(line.toString('utf8'))
    })
  } finally {
    closeSync(file)
  }
}

function rowOf(line: string): SourceRow {
  const [row, fault, ...cells] = JSON.parse(line) as [number, SourceRow['fault'] | 0, ...string[]]
  return fault ? { row, cells, fault } : { row, cells }
}

function* lines(path: string, start = 0): Generator<{ text: string; from: number; to: number }, void, void> {
  const file = openSync(path, 'r')
  try {
    const piece = Buffer.allocUnsafe(BUFFERED)
    let held: Buffer = Buffer.alloc(0)
    let at = start
    for (;;) {
      const n = readSync(file, piece, 0, BUFFERED, at + held.length)
      if (n === 0) break
      const data = held.length > 0 ? Buffer.concat([held, piece.subarray(0, n)]) : piece.subarray(0, n)
      let begin = 0
      for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE, begin)) {
        yield { text: data.toString('utf8', begin, end), from: at + begin, to: at + end }
        begin = end + 1
      }
      at += begin
      held = Buffer.from(data.subarray(begin))
    }
  } finally {
    closeSync(file)
  }
}
