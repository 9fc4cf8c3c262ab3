import { inflateRawSync } from 'node:zlib'
import { MAX_UNPACKED_BYTES } from './limits.ts'
import { ParseError } from './parse-error.ts'

const END = 0x06054b50
const ENTRY = 0x02014b50

export interface ZipEntry {
  name: string
  method: number
  packed: number
  unpacked: number
  offset: number
}

/** The directory of a zip (APPNOTE 6.3.10, 4.3.12). Throws BROKEN_FILE where there is none; zip64 is not needed under 200 MB. */
export function zipEntries(zip: Buffer): ZipEntry[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw new ParseError('BROKEN_FILE')
  const entries: ZipEntry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) throw new ParseError('BROKEN_FILE')
    const name = zip.readUInt16LE(at + 28)
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + name),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    })
    at += 46 + name + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

/** Refuses a zip bomb by the sizes its directory declares, before anything is unpacked. Those can lie: `unpack` has a limit of its own. */
export function guardDeclared(zip: Buffer, limit: number = MAX_UNPACKED_BYTES): ZipEntry[] {
  const entries = zipEntries(zip)
  if (entries.reduce((sum, e) => sum + e.unpacked, 0) > limit) throw new ParseError('UNPACKS_TOO_LARGE')
  return entries
}

/** The same for a reader that unpacks by itself: each entry is unpacked against what is left of the limit. */
export function guardZip(zip: Buffer, limit: number = MAX_UNPACKED_BYTES): void {
  let left = limit
  for (const entry of guardDeclared(zip, limit)) left -= unpack(zip, entry, left).length
}

/** The bytes of an entry. Throws UNPACKS_TOO_LARGE beyond `limit`, BROKEN_FILE where they are damaged. */
export function unpack(zip: Buffer, entry: ZipEntry, limit: number): Buffer {
  if (entry.offset + 30 > zip.length) throw new ParseError('BROKEN_FILE')
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28)
  if (start + entry.packed > zip.length) throw new ParseError('BROKEN_FILE')
  const packed = zip.subarray(start, start + entry.packed)
  if (entry.method === 0) return packed
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(limit, 1) })
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new ParseError(tooLarge ? 'UNPACKS_TOO_LARGE' : 'BROKEN_FILE')
  }
}
