import { crc32, inflateRawSync } from 'node:zlib'

/** The entries of a zip by name, each held against its checksum. Reads what the directory at the end says, as other programs do. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) throw new Error('no directory')
  const entries = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [name, extra, comment] = [28, 30, 32].map((o) => zip.readUInt16LE(at + o)) as [number, number, number]
    const offset = zip.readUInt32LE(at + 42)
    const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    const bytes = zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)
    const title = zip.toString('utf8', at + 46, at + 46 + name)
    if (crc32(bytes) !== zip.readUInt32LE(at + 16)) throw new Error(`${title} is broken`)
    entries.set(title, Buffer.from(bytes))
    at += 46 + name + extra + comment
  }
  return entries
}
