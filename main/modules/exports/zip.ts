import { closeSync, openSync, readSync } from 'node:fs'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { OutFile } from './out-file.ts'

/** Text is packed in pieces of about this many characters: large enough for a good ratio, small enough to hold nothing. */
const PIECE = 1 << 19
const MAX_32 = 0xffffffff
/** Bit 11 of APPNOTE 4.4.4: names are UTF-8. */
const UTF8 = 0x0800
/** Twenty bytes kept free in a local header become the zip64 field (4.5.3) when an entry turns out to be that large. */
const ZIP64_FIELD = 20
const FREE_FIELD_ID = 0x4644

interface Entry {
  name: Buffer
  method: 0 | 8
  offset: number
  crc: number
  packed: number
  size: number
}

export interface ZipOptions {
  /** MS-DOS date and time of the entries (dosTime). */
  stamp: number
  /** Entries over 4 GiB may come. Not in workbooks: some versions of Excel refuse what they do not expect in a header. */
  large: boolean
}

/** APPNOTE 4.4.6 of a wall clock 'YYYY-MM-DD', 'HH:MM': date in the upper half. */
export function dosTime(day: string, time: string): number {
  const [y = 1980, m = 1, d = 1] = day.split('-').map(Number)
  const [h = 0, min = 0] = time.split(':').map(Number)
  return (((Math.max(y - 1980, 0) << 9) | (m << 5) | d) * 0x10000 + ((h << 11) | (min << 5))) >>> 0
}

/**
 * Writes a zip (APPNOTE 6.3.10) one entry after the other. Nothing is held: the text of an entry is deflated in pieces, each ended by a sync
 * flush, so that put together they are one stream; sizes are written into the local header afterwards, as the file can be gone back in.
 */
export class ZipWriter {
  readonly #out: OutFile
  readonly #options: ZipOptions
  readonly #entries: Entry[] = []
  #open: Entry | null = null
  #texts: string[] = []
  #waiting = 0

  constructor(out: OutFile, options: ZipOptions) {
    this.#out = out
    this.#options = options
  }

  /** Begins the next entry. Names are plain ASCII or UTF-8, with forward slashes. */
  begin(name: string): void {
    this.#begin(name, 8)
  }

  text(text: string): void {
    this.#texts.push(text)
    this.#waiting += text.length
    if (this.#waiting > PIECE) this.#pack(false)
  }

  /** Characters given to the open entry and not packed yet, and bytes packed: how large it is by now, nearly. */
  get size(): number {
    return (this.#open?.size ?? 0) + this.#waiting
  }

  end(): void {
    this.#pack(true)
    this.#close()
  }

  /** A whole entry from a file, as it is. */
  file(name: string, path: string): void {
    const entry = this.#begin(name, 0)
    const file = openSync(path, 'r')
    const buffer = Buffer.allocUnsafe(PIECE)
    try {
      for (let n = readSync(file, buffer); n > 0; n = readSync(file, buffer))
        this.#add(entry, buffer.subarray(0, n), null)
    } finally {
      closeSync(file)
    }
    this.#close()
  }

  /** The directory at the end. Nothing follows it. */
  finish(): void {
    const at = this.#out.position
    for (const entry of this.#entries) this.#out.bytes(central(entry, this.#options.stamp))
    this.#out.bytes(ending(this.#entries.length, at, this.#out.position - at))
  }

  #begin(name: string, method: Entry['method']): Entry {
    if (this.#open) throw new Error('the entry before is open still')
    const entry: Entry = { name: Buffer.from(name), method, offset: this.#out.position, crc: 0, packed: 0, size: 0 }
    this.#open = entry
    this.#out.bytes(local(entry, this.#options))
    return entry
  }

  #pack(last: boolean): void {
    const entry = this.#open
    if (!entry) throw new Error('no entry is open')
    const bytes = Buffer.from(this.#texts.join(''))
    this.#texts = []
    this.#waiting = 0
    const finishFlush = last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
    this.#add(entry, bytes, deflateRawSync(bytes, { level: LEVEL, finishFlush }))
  }

  #add(entry: Entry, bytes: Uint8Array, packed: Uint8Array | null): void {
    entry.crc = crc32(bytes, entry.crc)
    entry.size += bytes.length
    entry.packed += (packed ?? bytes).length
    this.#out.bytes(packed ?? bytes)
  }

  #close(): void {
    const entry = this.#open
    if (!entry) return
    if (isLarge(entry) && !this.#options.large) throw new RangeError('an entry over 4 GiB')
    this.#out.patch(entry.offset, local(entry, this.#options))
    this.#entries.push(entry)
    this.#open = null
  }
}

/** Sheets are so repetitive that more effort makes files a fifth smaller and takes twice as long. */
const LEVEL = 3

const isLarge = (entry: Entry) => entry.size >= MAX_32 || entry.packed >= MAX_32

/** 4.3.7. Written twice: empty before the data, right after it. */
function local(entry: Entry, { stamp, large }: ZipOptions): Buffer {
  const head = Buffer.alloc(30)
  const zip64 = isLarge(entry)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(zip64 ? 45 : 20, 4)
  head.writeUInt16LE(UTF8, 6)
  head.writeUInt16LE(entry.method, 8)
  head.writeUInt32LE(stamp, 10)
  head.writeUInt32LE(entry.crc, 14)
  head.writeUInt32LE(zip64 ? MAX_32 : entry.packed, 18)
  head.writeUInt32LE(zip64 ? MAX_32 : entry.size, 22)
  head.writeUInt16LE(entry.name.length, 26)
  head.writeUInt16LE(large ? ZIP64_FIELD : 0, 28)
  if (!large) return Buffer.concat([head, entry.name])
  const field = Buffer.alloc(ZIP64_FIELD)
  field.writeUInt16LE(zip64 ? 1 : FREE_FIELD_ID, 0)
  field.writeUInt16LE(ZIP64_FIELD - 4, 2)
  if (zip64) {
    field.writeBigUInt64LE(BigInt(entry.size), 4)
    field.writeBigUInt64LE(BigInt(entry.packed), 12)
  }
  return Buffer.concat([head, entry.name, field])
}

/** 4.3.12. */
function central(entry: Entry, stamp: number): Buffer {
  const zip64 = isLarge(entry) || entry.offset >= MAX_32
  const extra = Buffer.alloc(zip64 ? 28 : 0)
  if (zip64) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    extra.writeBigUInt64LE(BigInt(entry.size), 4)
    extra.writeBigUInt64LE(BigInt(entry.packed), 12)
    extra.writeBigUInt64LE(BigInt(entry.offset), 20)
  }
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(45, 4)
  head.writeUInt16LE(zip64 ? 45 : 20, 6)
  head.writeUInt16LE(UTF8, 8)
  head.writeUInt16LE(entry.method, 10)
  head.writeUInt32LE(stamp, 12)
  head.writeUInt32LE(entry.crc, 16)
  head.writeUInt32LE(zip64 ? MAX_32 : entry.packed, 20)
  head.writeUInt32LE(zip64 ? MAX_32 : entry.size, 24)
  head.writeUInt16LE(entry.name.length, 28)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE(zip64 ? MAX_32 : entry.offset, 42)
  return Buffer.concat([head, entry.name, extra])
}

/** 4.3.14 to 4.3.16: the zip64 pair only where the plain record cannot say it. */
function ending(count: number, at: number, size: number): Buffer {
  const zip64 = count >= 0xffff || at >= MAX_32 || size >= MAX_32
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(zip64 ? 0xffff : count, 8)
  end.writeUInt16LE(zip64 ? 0xffff : count, 10)
  end.writeUInt32LE(zip64 ? MAX_32 : size, 12)
  end.writeUInt32LE(zip64 ? MAX_32 : at, 16)
  if (!zip64) return end
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeUInt16LE(45, 12)
  record.writeUInt16LE(45, 14)
  record.writeBigUInt64LE(BigInt(count), 24)
  record.writeBigUInt64LE(BigInt(count), 32)
  record.writeBigUInt64LE(BigInt(size), 40)
  record.writeBigUInt64LE(BigInt(at), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(at + size), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([record, locator, end])
}
