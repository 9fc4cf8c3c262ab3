import type { PageFile } from './salvage-pages.ts'
import { rowOf, type SalvageRules, type TableShape } from './salvage-rules.ts'
import { type Cell, type Leaf, readLeaf, TABLE_LEAF, type Value, walkTree } from './salvage-tree.ts'

export type Row = Record<string, Value>

export interface Scan {
  file: PageFile
  shapes: readonly TableShape[]
  rules: SalvageRules
  /** A readable row. Not `certain`: it may be an older state of the row, or stands beside torn ones. Certain rows come first. */
  row(shape: TableShape, row: Row, certain: boolean): void
  /** A part of the table that cannot be read, and the highest rowid that may have been in it, where that is known. */
  hole(shape: TableShape, upTo: number | null): void
  /** Pages looked at, of file.pages; stops by throwing. */
  step?(pages: number): void
}

/**
 * Reads every row that is still to be read: first along the trees from their roots, then in leaves that no tree leads to any more, which are
 * known by what their rows look like. Pages on the free list are left alone: they hold what was thrown away.
 */
export function scan(of: Scan): void {
  const { file, shapes } = of
  const taken = new Uint8Array(file.pages + 1)
  const take = (page: number) => {
    if (page < 1 || page > file.pages || taken[page]) return false
    taken[page] = 1
    return true
  }
  const roots = readRoots(file)
  let steps = 0
  const step = () => {
    if (++steps % 64 === 0) of.step?.(steps)
  }
  walkTree(file, 1, true, { take, hole() {} })
  for (const shape of shapes) {
    const root = roots.get(shape.name)
    if (!root) {
      of.hole(shape, null)
      continue
    }
    walkTree(file, root.page, shape.isTable, {
      take,
      leaf(leaf) {
        step()
        deliver(of, shape, leaf)
      },
      hole: ({ to }) => of.hole(shape, to),
    })
  }
  const wanted = new Set(shapes.map((shape) => shape.name))
  for (const [name, root] of roots) {
    if (!wanted.has(name)) walkTree(file, root.page, root.isTable, { take, hole() {} })
  }
  takeFree(file, take)
  const tables = shapes.filter((shape) => shape.isTable)
  for (let n = 1; n <= file.pages; n++) {
    step()
    if (taken[n] || file.page(n)?.[0] !== TABLE_LEAF) continue
    const leaf = readLeaf(file, n, TABLE_LEAF)
    const shape = leaf && tableOf(tables, leaf.cells, of.rules)
    if (shape) for (const row of rowsOf(shape, leaf, of.rules)) of.row(shape, row, false)
  }
}

function deliver(of: Scan, shape: TableShape, leaf: Leaf): void {
  const rows = rowsOf(shape, leaf, of.rules)
  const torn = leaf.bad > 0 || rows.length < leaf.cells.length
  if (torn && leaf.bad === 0) of.hole(shape, null)
  for (const row of rows) of.row(shape, row, !torn)
}

function rowsOf(shape: TableShape, leaf: Leaf, rules: SalvageRules): Row[] {
  const rows = leaf.cells.map(({ values, rowid }) => rowOf(shape, values, rowid, rules))
  return rows.filter((row) => row !== null)
}

/** The one table most of these rows can be of; null when there is none, or more than one. */
function tableOf(shapes: readonly TableShape[], cells: readonly Cell[], rules: SalvageRules): TableShape | null {
  const sample = cells.slice(0, 8)
  const fitting = shapes
    .map((shape) => ({ shape, n: sample.filter(({ values, rowid }) => rowOf(shape, values, rowid, rules)).length }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n)
  const [best, second] = fitting
  return best && best.n > (second?.n ?? 0) ? best.shape : null
}

interface Root {
  page: number
  /** False: an index, or a table without rowid, which is kept like one. */
  isTable: boolean
}

/** Where the tree of every table and index begins, from sqlite_schema. */
function readRoots(file: PageFile): Map<string, Root> {
  const roots = new Map<string, Root>()
  let isWhole = true
  const add = (leaf: Leaf) => {
    for (const { values } of leaf.cells) {
      const [type, name, , page, sql] = values
      if (values.length !== 5 || typeof name !== 'string' || typeof page !== 'number') continue
      if ((type !== 'table' && type !== 'index') || page < 2 || page > file.pages) continue
      roots.set(name, { page, isTable: type === 'table' && !/WITHOUT\s+ROWID\s*$/i.test(String(sql)) })
    }
  }
  const seen = new Set<number>()
  const take = (page: number) => !seen.has(page) && !!seen.add(page)
  const hole = () => {
    isWhole = false
  }
  walkTree(file, 1, true, { take, leaf: add, hole })
  if (isWhole) return roots
  // The leaves of the schema are pages of their own; without the way to them they are known by what they hold.
  for (let n = 2; n <= file.pages; n++) {
    if (seen.has(n) || file.page(n)?.[0] !== TABLE_LEAF) continue
    const leaf = readLeaf(file, n, TABLE_LEAF)
    if (leaf?.cells.some(({ values }) => values.length === 5 && SCHEMA_TYPE.has(String(values[0])))) add(leaf)
  }
  return roots
}
const SCHEMA_TYPE = new Set(['table', 'index', 'trigger', 'view'])

/** fileformat2.html 1.5: trunk pages, each with the numbers of free leaves. */
function takeFree(file: PageFile, take: (page: number) => boolean): void {
  let trunk = file.header?.freelist ?? 0
  while (trunk !== 0 && take(trunk)) {
    const page = file.page(trunk)
    if (!page) return
    const count = Math.min(page.readUInt32BE(4), Math.floor(file.usable / 4) - 2)
    const next = page.readUInt32BE(0)
    for (let i = 0; i < count; i++) take(page.readUInt32BE(8 + 4 * i))
    trunk = next
  }
}
