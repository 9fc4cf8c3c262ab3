import { closeSync, openSync, readSync } from 'node:fs'
import { ParseError } from './parse-error.ts'

const PIECE = 1 << 20

/**
 * The text of a file in pieces of about a megabyte, so that a big file is never in memory twice. UTF-8 with or without a byte
 * order mark, and UTF-16 with one (what Excel calls «Unicode text»). Throws WRONG_ENCODING where the bytes are something else.
 */
export function* readText(path: string): Generator<string> {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(PIECE)
    let size = readSync(file, buffer, 0, PIECE, null)
    const decoder = new TextDecoder(encodingOf(buffer.subarray(0, size)), { fatal: true })
    while (size > 0) {
      yield decode(() => decoder.decode(buffer.subarray(0, size), { stream: true }))
      size = readSync(file, buffer, 0, PIECE, null)
    }
    yield decode(() => decoder.decode())
  } finally {
    closeSync(file)
  }
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

function decode(run: () => string): string {
  try {
    return run()
  } catch {
    throw new ParseError('WRONG_ENCODING')
  }
}

/** Lines of the text pieces, whatever their ends (CRLF, LF, lone CR of old phones). */
export function* linesOf(pieces: Iterable<string>): Generator<string> {
  let rest = ''
  for (const piece of pieces) {
    let text = rest + piece
    // A CR at the very end may be half of a CRLF.
    const held = text.endsWith('\r') ? '\r' : ''
    if (held) text = text.slice(0, -1)
    const lines = text.split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + held
    yield* lines
  }
  if (rest !== '') yield* rest.replace(/\r$/, '').split(/\r\n|\n|\r/)
}
