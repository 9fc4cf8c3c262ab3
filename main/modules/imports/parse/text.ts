import { closeSync, openSync, readSync } from 'node:fs'
import { decoderOf } from './encoding.ts'
import type { TextEncoding } from './facts.ts'

const PIECE = 1 << 20

/** Longer than any line with a meaning: what lies beyond is let go, so that a file without line ends is never held whole. UTF-16 units. */
export const MAX_LINE = 4 << 20

/** The text of a file in pieces of about a megabyte, so that a big file is never in memory at once. A byte order mark is left out. */
export function* readText(path: string, encoding: TextEncoding): Generator<string> {
  const decode = decoderOf(encoding)
  for (const bytes of readPieces(path)) yield decode(bytes, true)
  yield decode(new Uint8Array(0))
}

/** The bytes of a file, one letter a byte, for formats that fold lines in the middle of a character. */
export function* readBytes(path: string): Generator<string> {
  for (const bytes of readPieces(path)) yield bytes.toString('latin1')
}

function* readPieces(path: string): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(PIECE)
    for (let size = readSync(file, buffer, 0, PIECE, null); size > 0; size = readSync(file, buffer, 0, PIECE, null)) {
      yield buffer.subarray(0, size)
    }
  } finally {
    closeSync(file)
  }
}

/** Lines of the text pieces, whatever their ends (CRLF, LF, lone CR of old phones), cut to `max`. */
export function* linesOf(pieces: Iterable<string>, max = MAX_LINE): Generator<string> {
  let rest = ''
  for (const piece of pieces) {
    if (!rest.endsWith('\r') && !/[\r\n]/.test(piece)) {
      if (rest.length < max) rest += piece
      continue
    }
    let text = rest + piece
    // A CR at the very end may be half of a CRLF.
    const held = text.endsWith('\r') ? '\r' : ''
    if (held) text = text.slice(0, -1)
    const lines = text.split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + held
    for (const line of lines) yield line.length > max ? line.slice(0, max) : line
  }
  if (rest === '') return
  for (const line of rest.replace(/\r$/, '').split(/\r\n|\n|\r/)) yield line.slice(0, max)
}
