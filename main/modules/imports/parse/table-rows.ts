import { fold } from '../../../../shared/domain/persian-text.ts'
import type { ReadFacts, ReadOptions } from './facts.ts'
import { headerOf, isBareTitle } from './header-row.ts'
import { MAX_CELL, MAX_COLUMNS } from './limits.ts'
import type { Reader, SourceRow } from './source.ts'

/** Rows that are looked at before it is decided which of them is the header. */
const LOOKED_AT = 60

/**
 * What stands between the lines of a sheet and its records: finds the header among the first rows (a second line of it joined to the
 * first), and passes over titles, the header repeated on each page, sums and empty rows, counting them.
 */
export class TableRows {
  readonly #reader: Reader
  readonly #facts: ReadFacts
  readonly #chosen: number | undefined
  #waiting: Array<{ row: SourceRow; band: boolean }> | null = []
  /** The header's cells, for when it comes again; null: it can't. */
  #header: string[] | null = null

  constructor(reader: Reader, facts: ReadFacts, options: ReadOptions) {
    this.#reader = reader
    this.#facts = facts
    this.#chosen = options.header_row
  }

  /** The rows of the file in their order, empty ones too. `band`: its one cell reaches over the table, as a heading does. */
  add(row: SourceRow, band = false): void {
    if (row.cells.every((cell) => cell === '' || cell.trim() === '')) {
      this.#facts.empty_rows++
      return
    }
    if (!this.#waiting) this.#pass(row, band)
    else if (this.#chosen && row.row < this.#chosen) this.#facts.titles++
    else {
      this.#waiting.push({ row, band })
      if (this.#waiting.length >= (this.#chosen === undefined ? LOOKED_AT : 2)) this.#decide()
    }
  }

  end(): void {
    if (this.#waiting) this.#decide()
  }

  #decide(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    const readable = waiting.map(({ row }) => (row.fault ? [] : row.cells))
    const found = this.#chosen === 0 ? null : headerOf(readable, this.#chosen === undefined ? null : 0)
    let first = 0
    if (found) {
      this.#facts.titles += found.index
      this.#facts.header_row = waiting[found.index]!.row.row
      this.#header = waiting[found.index]!.row.cells
      first = found.index + found.lines
    } else {
      this.#facts.header_row = 0
      if (this.#chosen === undefined) first = isBareTitle(readable)
      this.#facts.titles += first
    }
    this.#reader.head({ headers: found?.headers.slice(0, MAX_COLUMNS) ?? [], mapping: null })
    for (const { row, band } of waiting.slice(first)) this.#pass(row, band)
  }

  #pass(row: SourceRow, band: boolean): void {
    if (band || (this.#header && isSame(row.cells, this.#header))) this.#facts.titles++
    else if (isTotal(row.cells)) this.#facts.totals++
    else this.#reader.row(judged(row))
  }
}

const isSame = (a: string[], b: string[]) =>
  a.length > 1 && a.length === b.length && a.every((cell, i) => cell === b[i])

const TOTAL = /^(جمع|مجموع|سرجمع|جمع کل|مانده کل|تعداد|total|grand total|sum|count)/
const COUNTED = /^(جمع|مجموع|تعداد|total|count)[^\d]{0,20}[\d٬,.]+\s*(نفر|ردیف|مورد|مشتری|رکورد|records?|rows?)?$/
const AMOUNT = /^[-+\d٬٫,./()%\s]*(ریال|تومان)?$/

/** «جمع کل» and amounts, nothing else: what a report writes below (or on each page of) a list. */
function isTotal(cells: string[]): boolean {
  let word = false
  for (const raw of cells) {
    if (raw === '') continue
    const first = raw.trimStart()[0]
    // Nearly every row ends here: a name begins with another letter.
    if (!word && first !== undefined && !/[جمستTtGgCcS\d۰-۹٠-٩(-]/.test(first)) return false
    const cell = fold(raw).replaceAll('\u200c', ' ').trim()
    if (COUNTED.test(cell)) word = true
    else if (TOTAL.test(cell) && cell.length < 30 && /^\p{L}+([\s:]+\p{L}*){0,3}$/u.test(cell)) {
      if (
        !/^(جمع|مجموع|سرجمع|مانده|تعداد|total|grand|sum|count)([\s:]+(کل|صفحه|نهایی|total|این صفحه|ستون|اسناد|مبلغ|رکوردها|ردیف ها))?[\s:]*$/.test(
          cell,
        )
      )
        return false
      word = true
    } else if (!AMOUNT.test(cell)) return false
  }
  return word
}

/** The limits every format shares. */
export function judged(row: SourceRow): SourceRow {
  if (row.cells.length > MAX_COLUMNS)
    return {
      ...row,
      cells: row.cells.slice(0, MAX_COLUMNS).map((c) => c.slice(0, MAX_CELL)),
      fault: 'TOO_MANY_COLUMNS',
    }
  for (const cell of row.cells) {
    if (cell.length > MAX_CELL)
      return { ...row, cells: row.cells.map((c) => c.slice(0, MAX_CELL)), fault: row.fault ?? 'TOO_LONG' }
  }
  return row
}
