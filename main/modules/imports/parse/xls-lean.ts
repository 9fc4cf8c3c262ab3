import * as XLSX from '@e965/xlsx'
import { MAX_COLUMNS } from './limits.ts'
import { numberText } from './number-text.ts'
import { ParseError } from './parse-error.ts'
import type { BookSheet } from './sheets.ts'

/** Records of [MS-XLS] (BIFF8) that say something about cells. */
const R = {
  formula: 0x06,
  eof: 0x0a,
  date1904: 0x22,
  filePass: 0x2f,
  continues: 0x3c,
  boundSheet: 0x85,
  mulRk: 0xbd,
  xf: 0xe0,
  merged: 0xe5,
  sst: 0xfc,
  labelSst: 0xfd,
  number: 0x203,
  label: 0x204,
  boolErr: 0x205,
  string: 0x207,
  rk: 0x27e,
  format: 0x41e,
  bof: 0x809,
} as const
/** A cell with runs of fonts, and cells of older versions: what nobody writes any more. */
const UNUSUAL = new Set([0xd6, 0x02, 0x03, 0x04, 0x05, 0x07, 0x206, 0x406])
const CELLS = new Set<number>([R.formula, R.labelSst, R.number, R.label, R.boolErr, R.rk, R.mulRk])
/** Bytes of each at least; its row is what it begins with. */
const SHORTEST = 8
const BIFF8 = 0x0600

interface Rec {
  type: number
  body: Buffer
}

/**
 * The sheets of a .xls of Excel 97 and later from its records, as leanSheets does for .xlsx: the library holds every cell as an object and asks for half
 * a gigabyte. null for whatever is unusual (protected, older, charts as sheets, cells out of order, cut short): the library reads that.
 */
export function leanOldSheets(bytes: Buffer): BookSheet[] | null {
  try {
    const entry = XLSX.CFB.find(XLSX.CFB.read(bytes, { type: 'buffer' }), 'Workbook')
    return entry ? sheetsOf(Buffer.from(entry.content as Uint8Array)) : null
  } catch {
    return null
  }
}

function sheetsOf(stream: Buffer): BookSheet[] | null {
  const found: Array<{ name: string; hidden: boolean; at: number }> = []
  const custom = new Map<number, string>()
  const numberFormats: number[] = []
  let strings: string[] = []
  let date1904 = false
  const shared: Buffer[] = []
  let last = 0
  for (const { type, body } of records(stream, 0)) {
    if (type === R.bof && body.readUInt16LE(0) !== BIFF8) return null
    if (type === R.filePass) return null
    if (type === R.boundSheet) {
      if (body[5] !== 0) return null
      found.push({
        at: body.readUInt32LE(0),
        hidden: (body[4]! & 3) > 0,
        name: plainText(body, 7, body[6]!) || 'Sheet1',
      })
    } else if (type === R.format) custom.set(body.readUInt16LE(0), plainText(body, 4, body.readUInt16LE(2)))
    else if (type === R.xf) numberFormats.push(body.readUInt16LE(2))
    else if (type === R.date1904) date1904 = body.readUInt16LE(0) === 1
    else if (type === R.sst || (type === R.continues && last === R.sst)) shared.push(body)
    if (type !== R.continues) last = type
  }
  if (shared.length > 0) strings = new SharedStrings(shared).all()
  const known = XLSX.SSF.get_table() as Record<number, string>
  const formats = numberFormats.map((id) => custom.get(id) ?? known[id])
  const sheets: BookSheet[] = []
  for (const { name, hidden, at } of found) {
    const merges = mergesOf(stream, at)
    if (!merges) return null
    sheets.push({ name, hidden, merges, rows: () => rowsOf(stream, at, { strings, formats, epoch: { date1904 } }) })
  }
  return sheets.length > 0 ? sheets : null
}

/** Of one part of the stream, without those of charts inside it. Throws when it ends before its end is said. */
function* records(stream: Buffer, from: number): Generator<Rec> {
  let depth = 0
  for (let at = from; ; ) {
    const type = stream.readUInt16LE(at)
    const next = at + 4 + stream.readUInt16LE(at + 2)
    if (next > stream.length) throw new ParseError('BROKEN_FILE')
    if (type === R.bof) depth++
    else if (at === from) throw new ParseError('BROKEN_FILE')
    if (type === R.eof && --depth === 0) return
    if (depth === 1) yield { type, body: stream.subarray(at + 4, next) }
    at = next
  }
}

/** The merged areas of a sheet that can be read here; null when it cannot. */
function mergesOf(stream: Buffer, at: number): XLSX.Range[] | null {
  const merges: XLSX.Range[] = []
  let row = 0
  for (const { type, body } of records(stream, at)) {
    if (UNUSUAL.has(type)) return null
    if (CELLS.has(type)) {
      if (body.length < SHORTEST || body.readUInt16LE(0) < row) return null
      row = body.readUInt16LE(0)
    }
    if (type !== R.merged) continue
    for (let i = 0; i < body.readUInt16LE(0); i++) {
      const [r, R2, c, C2] = [0, 2, 4, 6].map((offset) => body.readUInt16LE(2 + 8 * i + offset)) as [
        number,
        number,
        number,
        number,
      ]
      merges.push({ s: { r, c }, e: { r: R2, c: C2 } })
    }
  }
  return merges
}

interface Context {
  strings: string[]
  /** Of each style of a cell: the format of its numbers. */
  formats: Array<string | undefined>
  epoch: { date1904: boolean }
}

function* rowsOf(stream: Buffer, at: number, context: Context): Generator<{ row: number; cells: string[] }> {
  let row = -1
  let cells: string[] = []
  const put = (column: number, value: string) => {
    if (value === '' || column > MAX_COLUMNS) return
    while (cells.length < column) cells.push('')
    cells[column] = value
  }
  const number = (value: number, style: number) => numberText(value, context.formats[style], context.epoch)
  /** The column of a formula whose text follows in a record of its own, and the pieces of it so far. */
  let awaited: { column: number; pieces: Buffer[] } | null = null
  const settle = () => {
    if (awaited && awaited.pieces.length > 0) put(awaited.column, new SharedStrings(awaited.pieces).one().trim())
    awaited = null
  }
  try {
    for (const { type, body } of records(stream, at)) {
      if (awaited && (type === R.string || (type === R.continues && awaited.pieces.length > 0))) {
        awaited.pieces.push(body)
        continue
      }
      if (!CELLS.has(type)) continue
      settle()
      if (body.readUInt16LE(0) !== row) {
        if (row >= 0) yield { row: row + 1, cells }
        row = body.readUInt16LE(0)
        cells = []
      }
      const column = body.readUInt16LE(2)
      const style = body.readUInt16LE(4)
      if (type === R.labelSst) put(column, (context.strings[body.readUInt32LE(6)] ?? '').trim())
      else if (type === R.label) put(column, plainText(body, 8, body.readUInt16LE(6)).trim())
      else if (type === R.number) put(column, number(body.readDoubleLE(6), style))
      else if (type === R.rk) put(column, number(rk(body, 6), style))
      else if (type === R.mulRk) {
        for (let i = 0; 4 + 6 * i + 6 <= body.length - 2; i++)
          put(column + i, number(rk(body, 6 + 6 * i), body.readUInt16LE(4 + 6 * i)))
      } else if (type === R.boolErr) put(column, body[7] === 0 ? truth(body[6]) : '')
      else if (body.readUInt16LE(12) !== 0xffff) put(column, number(body.readDoubleLE(6), style))
      else if (body[6] === 0) awaited = { column, pieces: [] }
      else if (body[6] === 1) put(column, truth(body[8]))
    }
    settle()
  } catch (error) {
    throw error instanceof RangeError ? new ParseError('BROKEN_FILE') : error
  }
  if (row >= 0) yield { row: row + 1, cells }
}

const truth = (byte: number | undefined) => (byte === 1 ? 'true' : 'false')

/** 30 bits of a number: the upper ones of a double, or a whole one; a hundredth of it where the first bit says so. */
function rk(body: Buffer, at: number): number {
  const bits = body.readInt32LE(at)
  const double = Buffer.alloc(8)
  double.writeInt32LE(bits & ~3, 4)
  const value = bits & 2 ? bits >> 2 : double.readDoubleLE(0)
  return bits & 1 ? value / 100 : value
}

/** `count` letters after the byte that says whether they have one byte or two. */
function plainText(body: Buffer, at: number, count: number): string {
  if (count === 0) return ''
  return body[at]! & 1
    ? body.toString('utf16le', at + 1, at + 1 + 2 * count)
    : body.toString('latin1', at + 1, at + 1 + count)
}

/** Texts that may go on from record to record: letters then begin with the byte for their width again, all else goes on as it is. */
class SharedStrings {
  readonly #pieces: readonly Buffer[]
  #piece = 0
  #at = 0

  constructor(pieces: readonly Buffer[]) {
    this.#pieces = pieces
  }

  all(): string[] {
    const unique = this.#pieces[0]!.readUInt32LE(4)
    this.#at = 8
    const out: string[] = []
    while (out.length < unique && this.#more()) {
      const count = this.#number(2)
      const flags = this.#number(1)
      const runs = flags & 8 ? this.#number(2) : 0
      const more = flags & 4 ? this.#number(4) : 0
      out.push(this.#letters(count, flags))
      this.#skip(4 * runs + more)
    }
    return out
  }

  /** The text of one record STRING. */
  one(): string {
    const count = this.#number(2)
    return count === 0 ? '' : this.#letters(count, this.#number(1))
  }

  /** Is there another byte, in this piece or a later one? */
  #more(): boolean {
    while (this.#piece < this.#pieces.length && this.#at >= this.#pieces[this.#piece]!.length) {
      this.#piece++
      this.#at = 0
    }
    return this.#piece < this.#pieces.length
  }

  #number(bytes: number): number {
    let value = 0
    for (let i = 0; i < bytes; i++) {
      if (!this.#more()) throw new ParseError('BROKEN_FILE')
      value += this.#pieces[this.#piece]![this.#at++]! * 2 ** (8 * i)
    }
    return value
  }

  #letters(count: number, flags: number): string {
    let wide = (flags & 1) === 1
    let text = ''
    for (let left = count; left > 0; ) {
      const piece = this.#pieces[this.#piece]!
      const size = wide ? 2 : 1
      const here = Math.min(left, Math.floor((piece.length - this.#at) / size))
      text += piece.toString(wide ? 'utf16le' : 'latin1', this.#at, this.#at + here * size)
      this.#at += here * size
      left -= here
      if (left === 0) break
      this.#at = piece.length
      if (!this.#more()) throw new ParseError('BROKEN_FILE')
      wide = (this.#number(1) & 1) === 1
    }
    return text
  }

  #skip(bytes: number): void {
    for (let left = bytes; left > 0 && this.#more(); ) {
      const step = Math.min(left, this.#pieces[this.#piece]!.length - this.#at)
      this.#at += step
      left -= step
    }
  }
}
