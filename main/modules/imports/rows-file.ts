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

/** The rows after the first `skip`. */
export function* readRows(path: string, skip: number): Generator<SourceRow, void, void> {
  const file = openSync(path, 'r')
  try {
    let index = 0
    for (const line of lines(file)) if (index++ >= skip) yield rowOf(line)
  } finally {
    closeSync(file)
  }
}

function rowOf(line: string): SourceRow {
  const [row, fault, ...cells] = JSON.parse(line) as [number, SourceRow['fault'] | 0, ...string[]]
  return fault ? { row, cells, fault } : { row, cells }
}

function* lines(file: number): Generator<string> {
  const buffer = Buffer.allocUnsafe(BUFFERED)
  const decoder = new TextDecoder()
  let rest = ''
  for (let n = readSync(file, buffer, 0, BUFFERED, null); n > 0; n = readSync(file, buffer, 0, BUFFERED, null)) {
    const parts = (rest + decoder.decode(buffer.subarray(0, n), { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
}
