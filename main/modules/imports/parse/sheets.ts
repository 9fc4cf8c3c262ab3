import type { Range } from '@e965/xlsx'
import { isHeaderWord } from '../headers.ts'
import type { ReadFacts, ReadOptions } from './facts.ts'
import { mendOf } from './mojibake.ts'
import { ParseError } from './parse-error.ts'
import type { TableRows } from './table-rows.ts'

/** A sheet of a workbook, whoever reads it. */
export interface BookSheet {
  name: string
  hidden: boolean
  merges: Range[]
  /** From the top; `row` is 1-based; cells as text, '' where nothing is. May be asked for twice. */
  rows(): Iterable<{ row: number; cells: string[] }>
}

/** Beyond it a workbook cannot have been meant for a person; each merged area may be copied into many cells. */
const MAX_MERGES = 50_000
const LOOKED_AT = 25

/**
 * Reads one sheet: the asked one, else the first visible one with a header that says something, else the first visible one with rows.
 */
export function readSheet(sheets: BookSheet[], options: ReadOptions, facts: ReadFacts, table: TableRows): void {
  const looked = sheets.map((sheet) => ({ sheet, ...lookAt(sheet) }))
  facts.sheets = looked.map(({ sheet, rows }) => ({ name: sheet.name, rows, hidden: sheet.hidden }))
  const visible = looked.filter((s) => !s.sheet.hidden && s.rows > 0)
  const chosen =
    looked.find((s) => s.sheet.name === options.sheet) ??
    visible.find((s) => s.known >= 2 && s.rows > 1) ??
    visible.find((s) => s.rows > 1) ??
    visible[0] ??
    looked.find((s) => s.rows > 0)
  if (!chosen) throw new ParseError('NO_ROWS')
  facts.sheet = chosen.sheet.name
  const mend = mendOf(chosen.sample)
  const merged = new Merged(chosen.sheet.merges.slice(0, MAX_MERGES), facts)
  let next = 1
  for (const { row, cells } of chosen.sheet.rows()) {
    // Rows that the file leaves out are empty ones.
    facts.empty_rows += Math.max(0, row - next)
    next = row + 1
    if (mend) for (let i = 0; i < cells.length; i++) cells[i] = mend(cells[i]!)
    const band = merged.fill(row - 1, cells)
    while (cells.length > 0 && cells.at(-1) === '') cells.pop()
    table.add({ row, cells }, band)
  }
}

/** How many rows have anything in them, the header words of the best of the first, and some of its text. */
function lookAt(sheet: BookSheet): { rows: number; known: number; sample: string } {
  let rows = 0
  let known = 0
  const sample: string[] = []
  for (const { cells } of sheet.rows()) {
    const filled = cells.filter((cell) => cell !== '')
    if (filled.length === 0) continue
    rows++
    if (rows <= LOOKED_AT)
      known = Math.max(known, filled.filter((cell) => cell.length < 60 && isHeaderWord(cell)).length)
    if (rows <= 2 * LOOKED_AT) for (const cell of filled.slice(0, 20)) sample.push(cell.slice(0, 100))
  }
  return { rows, known, sample: sample.join(' ') }
}

/**
 * A merged area gives its value to the rows it reaches over, in its first column: a company beside its three people. Across columns it is
 * one value in one place.
 */
class Merged {
  readonly #facts: ReadFacts
  readonly #from = new Map<number, Range[]>()
  #open: Array<{ range: Range; value: string }> = []

  constructor(merges: Range[], facts: ReadFacts) {
    this.#facts = facts
    for (const range of merges) {
      const list = this.#from.get(range.s.r)
      if (list) list.push(range)
      else this.#from.set(range.s.r, [range])
    }
  }

  /** Fills the cells of a row (0-based); true for a heading between the rows: its one cell is spread over the table. */
  fill(row: number, cells: string[]): boolean {
    if (this.#open.length > 0 && cells.some((cell) => cell !== '')) {
      this.#open = this.#open.filter(({ range }) => range.e.r >= row)
      for (const { range, value } of this.#open) {
        while (cells.length <= range.s.c) cells.push('')
        if (cells[range.s.c] !== '') continue
        cells[range.s.c] = value
        this.#facts.merged++
      }
    }
    let band = false
    for (const range of this.#from.get(row) ?? []) {
      const value = cells[range.s.c] ?? ''
      if (value === '') continue
      if (range.e.r > row) this.#open.push({ range, value })
      else if (range.e.c - range.s.c >= 2) band = cells.every((cell, i) => cell === '' || i === range.s.c)
    }
    return band
  }
}
