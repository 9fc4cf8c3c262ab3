import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import type { TextEncoding } from './facts.ts'
import { macArabic } from './mac-arabic.ts'
import { ParseError } from './parse-error.ts'

const PIECE = 1 << 20
/** Enough text to tell encodings apart by. */
const SAMPLE = 64 * 1024

export interface Encoded {
  encoding: TextEncoding
  /** Some bytes belong to no character of it: rows that hold them have to be looked at. */
  lossy: boolean
}

/**
 * The encoding of a text file, by its byte order mark, else by what its bytes would say: UTF-16 shows the same few high bytes at every
 * second place; UTF-8 cannot be mistaken; of the one-byte encodings the one that yields the letters Persian is written with. Throws
 * UNKNOWN_FORMAT for bytes that are no text, BROKEN_FILE for nothing but zeros (a disk that lost them), WRONG_ENCODING otherwise.
 */
export function encodingOf(path: string): Encoded {
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(SAMPLE)
    const head = start.subarray(0, readSync(file, start, 0, SAMPLE, 0))
    const marked = byMark(head) ?? utf16Without(head)
    if (marked) return { encoding: marked, lossy: false }
    refuseBinary(head)
    return eightBit(file)
  } finally {
    closeSync(file)
  }
}

/** The same of bytes that are in memory. */
export function encodingOfBytes(bytes: Buffer): Encoded {
  const marked = byMark(bytes) ?? utf16Without(bytes.subarray(0, SAMPLE))
  if (marked) return { encoding: marked, lossy: false }
  if (isUtf8(bytes)) return { encoding: 'utf-8', lossy: false }
  const counted = countUtf8(bytes)
  return counted.good > 4 * counted.bad ? { encoding: 'utf-8', lossy: true } : oneByte(fromHighByte(bytes))
}

function byMark(head: Buffer): TextEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8' : null
}

/** High bytes of Latin letters, digits and line ends (00), Persian letters (06) and half-spaces (20). */
function utf16Without(head: Buffer): TextEncoding | null {
  if (head.length < 4) return null
  const high = [0, 0]
  const half = [0, 0]
  const even = head.length & ~1
  for (let i = 0; i < even; i++) {
    const byte = head[i]!
    if (byte === 0 || byte === 6) high[i & 1]!++
    else if (byte === 0x20) half[i & 1]!++
  }
  const places = even / 2
  const [first = 0, second = 0] = high
  if (second > places * 0.6 && second + half[1]! > places * 0.95 && first < places * 0.3) return 'utf-16le'
  if (first > places * 0.6 && first + half[0]! > places * 0.95 && second < places * 0.3) return 'utf-16be'
  return null
}

function refuseBinary(head: Buffer): void {
  if (head.length > 0 && head.every((byte) => byte === 0)) throw new ParseError('BROKEN_FILE')
  let controls = 0
  for (const byte of head) {
    if (byte === 0) throw new ParseError('UNKNOWN_FORMAT')
    if (byte < 0x20 && !(byte >= 9 && byte <= 13) && byte !== 0x1a && byte !== 0x1f) controls++
  }
  if (controls > 4 && controls > head.length / 100) throw new ParseError('UNKNOWN_FORMAT')
}

/** Reads on until it is sure: a file may be plain ASCII for megabytes. */
function eightBit(file: number): Encoded {
  const buffer = Buffer.allocUnsafe(PIECE + 4)
  let sample: Buffer | null = null
  let [good, bad, kept] = [0, 0, 0]
  for (let at = 0; ; ) {
    const size = readSync(file, buffer, kept, PIECE, at)
    if (size === 0) break
    at += size
    const piece = buffer.subarray(0, kept + size)
    const whole = piece.subarray(0, piece.length - unfinished(piece))
    if (!isUtf8(whole)) {
      sample ??= Buffer.from(fromHighByte(whole))
      const counted = countUtf8(whole)
      good += counted.good
      bad += counted.bad
      if (bad > 10_000 && good <= 4 * bad) break
    } else good += countUtf8(whole.subarray(0, SAMPLE)).good
    kept = piece.length - whole.length
    buffer.copyWithin(0, whole.length, piece.length)
  }
  if (bad === 0) return { encoding: 'utf-8', lossy: false }
  if (good > 4 * bad) return { encoding: 'utf-8', lossy: true }
  return oneByte(sample ?? Buffer.alloc(0))
}

/** Bytes at the end that begin a character of UTF-8 but do not end it. */
function unfinished(piece: Buffer): number {
  for (let back = 1; back <= 3 && back <= piece.length; back++) {
    const byte = piece[piece.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function countUtf8(bytes: Buffer): { good: number; bad: number } {
  let good = 0
  let bad = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte < 0x80) continue
    const more = byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0
    let whole = more > 0 && byte < 0xf5 && i + more < bytes.length
    for (let k = 1; whole && k <= more; k++) whole = (bytes[i + k]! & 0xc0) === 0x80
    if (whole) {
      good++
      i += more
    } else bad++
  }
  return { good, bad }
}

function fromHighByte(bytes: Buffer): Buffer {
  const at = bytes.findIndex((byte) => byte >= 0x80)
  return bytes.subarray(Math.max(0, at - 64), Math.max(0, at) + SAMPLE)
}

const FREQUENT = new Set('ایيىنرمدهوتلبسشکك')
const LETTERS = new Set('آأؤئءپثجچحخذزژصضطظعغفقگةۀ،؛؟«»٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\u200c\u00a0')

/** Persian in Windows-1256 scores about 0.8, the same bytes as MacArabic below zero. */
function oneByte(sample: Buffer): Encoded {
  // A word of French or German has one such letter between plain ones.
  const text = sample.toString('latin1')
  const high = text.match(/[\x80-\xff]/g)?.length ?? 0
  const alone = text.match(/(?<![\x80-\xff])[\xc0-\xff](?![\x80-\xff])/g)?.length ?? 0
  const inWords = text.match(/[a-z][\xc0-\xff](?![\x80-\xff])|[\xc0-\xff][a-z]/gi)?.length ?? 0
  if (alone > high * 0.7 && inWords > high * 0.5) return { encoding: 'windows-1252', lossy: false }
  const persian = (['windows-1256', 'x-mac-arabic'] as const).map((encoding) => ({
    encoding,
    score: likeness(decoderOf(encoding)(sample)),
  }))
  const best = persian[0]!.score >= persian[1]!.score ? persian[0]! : persian[1]!
  if (best.score > 0) return { encoding: best.encoding, lossy: false }
  throw new ParseError('WRONG_ENCODING')
}

/** -1 to 1: how much what is not ASCII looks like Persian. */
export function likeness(text: string): number {
  let sum = 0
  let count = 0
  for (const c of text) {
    if (c < '\u0080') continue
    count++
    sum += FREQUENT.has(c) ? 1 : LETTERS.has(c) ? 0.4 : -1
  }
  return count === 0 ? 0 : sum / count
}

/** Text of whole bytes (or of a stream's pieces, when the same decoder is asked with `more`). Never throws: what is none becomes U+FFFD. */
export function decoderOf(encoding: TextEncoding): (bytes: Uint8Array, more?: boolean) => string {
  if (encoding === 'x-mac-arabic') return macArabic
  const decoder = new TextDecoder(encoding)
  return (bytes, more = false) => decoder.decode(bytes, { stream: more })
}
