import type { Cell, Column, ListWriter } from './cells.ts'
import type { OutFile } from './out-file.ts'

/**
 * What spreadsheets may take for a formula (OWASP, «CSV injection»; the wide forms are taken so too). Apostrophes in front are counted in, so
 * that taking one away again is always right.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/
/** Signs, digits and what parts them cannot call anything: «+98 912…» and «-5» stay what they are for every program that reads the file. */
const NUMBER = /^[+-][\d\s().,-]*$/

/** The text as a cell that is never calculated: an apostrophe, the spreadsheets' own mark of a text, goes in front. */
export function harmless(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}

const QUOTED = /[",\r\n;\t]|^\s|\s$/

export function csvCell(cell: Cell): string {
  if (cell === null) return ''
  const text = typeof cell === 'number' ? String(cell) : harmless(cell)
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** RFC 4180, with the mark by which Excel knows UTF-8. */
export function csvWriter(out: OutFile, columns: readonly Column[]): ListWriter {
  const line = (cells: readonly Cell[]) => out.text(`${cells.map(csvCell).join(',')}\r\n`)
  out.text('\ufeff')
  line(columns.map((c) => c.header))
  return { row: line, finish() {}, cut: 0 }
}
