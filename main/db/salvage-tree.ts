import type { PageFile } from './salvage-pages.ts'

/** A value as it stands in a record. Reals and blobs are in none of our own tables: they come as `undefined`, which no column takes. */
export type Value = string | number | null | undefined

/** One cell of a leaf: a row of a table, or an entry of an index (rowid null). */
export interface Cell {
  rowid: number | null
  values: Value[]
}

export interface Leaf {
  page: number
  cells: Cell[]
  /** Cells whose record could not be read. */
  bad: number
  /** Pages its long rows go on in. */
  overflow: number[]
}

export const TABLE_LEAF = 13
const TABLE_INNER = 5
const INDEX_LEAF = 10
const INDEX_INNER = 2

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The kind of b-tree page this is by its first byte and the numbers behind it; null for anything else. */
export function kindOf(
  file: PageFile,
  n: number,
  page: Buffer,
): { kind: number; cells: number[]; right: number } | null {
  const at = n === 1 ? 100 : 0
  const kind = page[at]!
  const isInner = kind === TABLE_INNER || kind === INDEX_INNER
  if (!isInner && kind !== TABLE_LEAF && kind !== INDEX_LEAF) return null
  const count = page.readUInt16BE(at + 3)
  const first = at + (isInner ? 12 : 8)
  const content = page.readUInt16BE(at + 5) || 65536
  // Of an empty leaf the content begins at the end; so a page of zeros after the kind is none.
  if (first + 2 * count > file.usable || content > file.usable || content < first + 2 * count) return null
  const cells: number[] = []
  for (let i = 0; i < count; i++) {
    const pointer = page.readUInt16BE(first + 2 * i)
    if (pointer < content || pointer > file.usable - 4) return null
    cells.push(pointer)
  }
  return { kind, cells, right: isInner ? page.readUInt32BE(at + 8) : 0 }
}

/** A varint and where it ends: [value, next]. NaN for what is no safe integer. */
function varint(bytes: Buffer, at: number, end: number): [number, number] {
  let value = 0
  for (let i = 0; i < 8; i++) {
    if (at + i >= end) return [Number.NaN, end]
    const byte = bytes[at + i]!
    value = value * 128 + (byte & 0x7f)
    if (byte < 128) return [value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN, at + i + 1]
  }
  return [Number.NaN, at + 9]
}

/** The leaf with all its readable cells; null when the page is none, or of another kind than asked for. */
export function readLeaf(file: PageFile, n: number, wanted: number): Leaf | null {
  const found = file.page(n)
  const head = found && kindOf(file, n, found)
  if (!head || head.kind !== wanted) return null
  // Following a long row reads other pages, and this buffer is only lent.
  const page = Buffer.from(found!)
  const leaf: Leaf = { page: n, cells: [], bad: 0, overflow: [] }
  for (const at of head.cells) {
    const cell = readCell(file, page, at, wanted === TABLE_LEAF, leaf.overflow)
    if (cell) leaf.cells.push(cell)
    else leaf.bad++
  }
  return leaf
}

function readCell(file: PageFile, page: Buffer, at: number, isTable: boolean, overflow: number[]): Cell | null {
  const { usable } = file
  const [size, afterSize] = varint(page, at, usable)
  const [rowid, start] = isTable ? varint(page, afterSize, usable) : [null, afterSize]
  if (!(size > 0) || Number.isNaN(rowid) || size > file.pages * file.pageSize) return null
  const most = isTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const spill = least + ((size - least) % (usable - 4))
  const here = size <= most ? size : spill <= most ? spill : least
  if (start + here > usable) return null
  const local = page.subarray(start, start + here)
  if (here === size) return cellOf(local, rowid)
  if (start + here + 4 > usable) return null
  const chain: number[] = []
  const whole = follow(file, local, page.readUInt32BE(start + here), size, chain)
  if (!whole) return null
  overflow.push(...chain)
  return cellOf(whole, rowid)
}

/** The rest of a long row; null unless the chain has just the pages it needs. */
function follow(file: PageFile, local: Buffer, first: number, size: number, chain: number[]): Buffer | null {
  const whole = Buffer.alloc(size)
  local.copy(whole)
  let filled = local.length
  let next = first
  while (filled < size) {
    const page = file.page(next)
    if (!page || chain.includes(next)) return null
    chain.push(next)
    filled += page.copy(whole, filled, 4, Math.min(file.usable, 4 + size - filled))
    next = page.readUInt32BE(0)
  }
  return next === 0 ? whole : null
}

function cellOf(record: Buffer, rowid: number | null): Cell | null {
  const values = readRecord(record)
  return values && { rowid, values }
}

/** fileformat2.html 2.1. null unless header and body take up just the bytes there are. */
function readRecord(record: Buffer): Value[] | null {
  const [headEnd, afterSize] = varint(record, 0, record.length)
  if (!(headEnd <= record.length)) return null
  const values: Value[] = []
  let at = headEnd
  let head = afterSize
  while (head < headEnd) {
    const [type, next] = varint(record, head, headEnd)
    if (Number.isNaN(type)) return null
    head = next
    const length = type >= 12 ? Math.floor((type - 12) / 2) : SIZES[type]!
    if (length < 0 || at + length > record.length) return null
    const value = readValue(record, at, length, type)
    if (value === BROKEN) return null
    values.push(value as Value)
    at += length
  }
  return head === headEnd && at === record.length ? values : null
}

/** Bytes of serial types 0 to 11; 10 and 11 are never in a file. */
const SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, -1, -1]
const BROKEN = Symbol('broken')

function readValue(record: Buffer, at: number, length: number, type: number): Value | typeof BROKEN {
  if (type === 0) return null
  if (type === 8) return 0
  if (type === 9) return 1
  if (type <= 5) return record.readIntBE(at, length)
  if (type === 6) {
    const value = Number(record.readBigInt64BE(at))
    return Number.isSafeInteger(value) ? value : BROKEN
  }
  if (type === 7 || type % 2 === 0) return undefined
  try {
    const text = utf8.decode(record.subarray(at, at + length))
    return text.includes('\0') ? BROKEN : text
  } catch {
    return BROKEN
  }
}

/** A part of a tree that could not be read; of a table the rowids that were in it (after `above`, up to `to`; null: the last part). */
export interface Hole {
  above: number
  to: number | null
}

export interface Walk {
  /** Left out, the pages are only counted as belonging to the tree, and no row is read. */
  leaf?: (leaf: Leaf) => void
  hole(hole: Hole): void
  /** Every page that belongs to the tree, overflow too. False when another tree has it already. */
  take(page: number): boolean
}

/**
 * All leaves of the tree below a root, in order. A page with another kind of content than its parent says, or with rows that its parent does
 * not know there, counts as a hole: it may be an older state of some page.
 */
export function walkTree(file: PageFile, root: number, isTable: boolean, walk: Walk): void {
  /** False: what should be here is not. */
  const go = (n: number, above: number, to: number | null, depth: number): boolean => {
    const found = depth > 20 || !walk.take(n) ? null : file.page(n)
    const head = found && kindOf(file, n, found)
    if (!head) return false
    if (head.kind === (isTable ? TABLE_LEAF : INDEX_LEAF)) return leafHere(n, above, to)
    if (head.kind !== (isTable ? TABLE_INNER : INDEX_INNER)) return false
    const page = Buffer.from(found!)
    let from = above
    for (const at of head.cells) {
      const child = page.readUInt32BE(at)
      if (isTable) {
        const [last] = varint(page, at + 4, file.usable)
        if (!(last > from && (to === null || last <= to))) return false
        visit(child, from, last, depth + 1)
        from = last
      } else {
        visit(child, 0, null, depth + 1)
        if (walk.leaf) entry(n, page, at + 4)
      }
    }
    visit(head.right, from, to, depth + 1)
    return true
  }
  const visit = (n: number, above: number, to: number | null, depth: number) => {
    if (!go(n, above, to, depth)) walk.hole({ above, to })
  }
  const leafHere = (n: number, above: number, to: number | null): boolean => {
    if (!walk.leaf) return true
    const leaf = readLeaf(file, n, isTable ? TABLE_LEAF : INDEX_LEAF)!
    if (leaf.cells.some(({ rowid }) => rowid !== null && (rowid <= above || (to !== null && rowid > to)))) return false
    for (const page of leaf.overflow) walk.take(page)
    if (leaf.bad > 0) walk.hole({ above, to })
    walk.leaf(leaf)
    return true
  }
  /** Of an index also the inner pages hold entries. */
  const entry = (n: number, page: Buffer, at: number) => {
    const overflow: number[] = []
    const cell = readCell(file, page, at, false, overflow)
    for (const taken of overflow) walk.take(taken)
    if (cell) walk.leaf?.({ page: n, cells: [cell], bad: 0, overflow })
    else walk.hole({ above: 0, to: null })
  }
  visit(root, 0, null, 0)
}
