import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'

/**
 * The pages of a damaged SQLite file, read without SQLite (https://www.sqlite.org/fileformat2.html): SQLite refuses a file whose header or
 * schema is broken, while the rows further in are still there. Opened for reading only; what its -wal has committed lies over the file.
 */
export interface PageFile {
  pageSize: number
  /** Bytes of a page that hold content. */
  usable: number
  pages: number
  /** Pages that come from the -wal. */
  fromWal: number
  /** The -wal has frames that its own checksums refuse. */
  walBroken: boolean
  /** What the header says, when there is one that can be believed. */
  header: { userVersion: number; freelist: number } | null
  /** Page n from 1 on, as long as a page; null where the file ends before it. Valid until the next call. */
  page(n: number): Buffer | null
  close(): void
}

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1')
/** What SQLite takes when nobody says otherwise, and Daftar does not. */
const DEFAULT_SIZE = 4096
const BLOCK = 1 << 18
const BLOCKS = 64

const isPageSize = (n: number) => n >= 512 && n <= 65536 && (n & (n - 1)) === 0

export function openPages(file: string): PageFile {
  const fd = openSync(file, 'r')
  try {
    return pagesOf(fd, file)
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function pagesOf(fd: number, file: string): PageFile {
  const { size } = fstatSync(fd)
  const first = Buffer.alloc(100)
  readSync(fd, first, 0, 100, 0)
  const given = first.readUInt16BE(16) === 1 ? 65536 : first.readUInt16BE(16)
  const sound = first.subarray(0, 16).equals(MAGIC) && isPageSize(given)
  const wal = readWal(`${file}-wal`)
  const pageSize = sound ? given : (wal?.pageSize ?? DEFAULT_SIZE)
  const over = wal && wal.pageSize === pageSize ? wal : null
  const usable = pageSize - (sound ? first[20]! : 0)
  const own = Math.ceil(size / pageSize)
  const pages = over?.frames.size ? Math.max(own, ...[over.pages]) : own
  const blocks = new Map<number, Buffer>()

  const block = (at: number): Buffer => {
    const known = blocks.get(at)
    if (known) return known
    if (blocks.size >= BLOCKS) blocks.delete(blocks.keys().next().value!)
    // What is missing at the end of a cut-off file stays zero, which no page begins with.
    const buffer = Buffer.alloc(BLOCK)
    readSync(fd, buffer, 0, BLOCK, at * BLOCK)
    blocks.set(at, buffer)
    return buffer
  }
  return {
    pageSize,
    usable,
    pages,
    fromWal: over?.frames.size ?? 0,
    walBroken: wal?.broken ?? false,
    header: headerOf(over?.frames.get(1) ?? (sound ? first : null)),
    page(n) {
      const newer = over?.frames.get(n)
      if (newer) return newer
      if (n < 1 || n > own) return null
      const at = (n - 1) * pageSize
      const from = at % BLOCK
      return block((at - from) / BLOCK).subarray(from, from + pageSize)
    },
    close: () => closeSync(fd),
  }
}

function headerOf(page: Buffer | null): PageFile['header'] {
  if (!page?.subarray(0, 16).equals(MAGIC)) return null
  return { userVersion: page.readUInt32BE(60), freelist: page.readUInt32BE(32) }
}

interface Wal {
  pageSize: number
  /** Size of the database after the last commit. */
  pages: number
  /** The newest committed state of each page. */
  frames: Map<number, Buffer>
  broken: boolean
}

/**
 * The -wal up to its last commit whose checksums hold, as SQLite itself takes it at a start. What comes after a broken frame is left alone:
 * pages of later commits without the ones between would put rows together that never stood together.
 */
function readWal(path: string): Wal | null {
  const bytes = bytesOf(path)
  if (!bytes || bytes.length < 32) return null
  const magic = bytes.readUInt32BE(0)
  const pageSize = bytes.readUInt32BE(8)
  if ((magic & 0xfffffffe) >>> 0 !== 0x377f0682 || !isPageSize(pageSize)) return null
  const big = (magic & 1) === 1
  let sum = checksum(bytes, 0, 24, [0, 0], big)
  const none: Wal = { pageSize, pages: 0, frames: new Map(), broken: true }
  if (sum[0] !== bytes.readUInt32BE(24) || sum[1] !== bytes.readUInt32BE(28)) return none
  const salts = bytes.subarray(16, 24)
  const wal: Wal = { pageSize, pages: 0, frames: new Map(), broken: false }
  let open = new Map<number, Buffer>()
  for (let at = 32; at + 24 + pageSize <= bytes.length; at += 24 + pageSize) {
    // Other salts: frames of an earlier round that were not yet written over.
    if (!bytes.subarray(at + 8, at + 16).equals(salts)) break
    sum = checksum(bytes, at, 8, sum, big)
    sum = checksum(bytes, at + 24, pageSize, sum, big)
    if (sum[0] !== bytes.readUInt32BE(at + 16) || sum[1] !== bytes.readUInt32BE(at + 20)) {
      wal.broken = true
      break
    }
    open.set(bytes.readUInt32BE(at), bytes.subarray(at + 24, at + 24 + pageSize))
    const size = bytes.readUInt32BE(at + 4)
    if (size === 0) continue
    for (const [page, content] of open) wal.frames.set(page, content)
    open = new Map()
    wal.pages = size
  }
  return wal
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

/** fileformat2.html 4.4: two running sums over pairs of 32-bit words. */
function checksum(bytes: Buffer, from: number, length: number, start: [number, number], big: boolean) {
  let [a, b] = start
  for (let at = from; at < from + length; at += 8) {
    a = (a + (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0
    b = (b + (big ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0
  }
  return [a, b] as [number, number]
}
