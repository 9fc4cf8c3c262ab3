import type { ImportField, ImportProblem } from '../../../shared/contract/imports.ts'
import { tidy } from '../../../shared/domain/persian-text.ts'
import type { SourceRow } from './parse/source.ts'
import type { RowRules } from './row.ts'

/** A dash, a dot or a lone zero that people put into a cell to say «nothing». */
const NOTHING = /^[-–—ـ_.،*]+$/

/** The cells of one row by field, tidied; collects what could not be used. */
export class RowCells {
  readonly problems: ImportProblem[] = []
  /** «header: value» lines for `about`. */
  readonly kept: string[] = []
  readonly #row: SourceRow
  readonly #rules: RowRules

  constructor(row: SourceRow, rules: RowRules) {
    this.#row = row
    this.#rules = rules
  }

  /** Mapped columns in their order, empty ones left out. */
  entries(fields?: ReadonlySet<ImportField>): Array<{ field: ImportField; header: string; value: string }> {
    const out: Array<{ field: ImportField; header: string; value: string }> = []
    const { mapping, headers } = this.#rules
    for (let i = 0; i < mapping.length; i++) {
      const field = mapping[i]
      if (!field || (fields && !fields.has(field))) continue
      const value = tidy(this.#row.cells[i] ?? '')
      if (value !== '' && !NOTHING.test(value)) out.push({ field, header: headers[i] ?? '', value })
    }
    return out
  }

  all(field: ImportField): string[] {
    return this.entries(new Set([field])).map((e) => e.value)
  }

  first(field: ImportField): string {
    return this.all(field)[0] ?? ''
  }

  /** The first value of a one-line field; what is longer than `max` is cut, and kept whole in `about`. */
  text(field: ImportField, max: number): string | null {
    const value = this.first(field).replace(/\s*\n\s*/g, ' ')
    if (value === '') return null
    if (value.length <= max) return value
    this.keep('TOO_LONG', field, value)
    return value.slice(0, max)
  }

  problem(code: ImportProblem['code'], field: ImportField, value: string): void {
    this.problems.push({ row: this.#row.row, code, field, value: value.slice(0, 300) })
  }

  /** Lists a value as a problem and keeps it. */
  keep(code: ImportProblem['code'], field: ImportField, value: string): void {
    this.problem(code, field, value)
    this.note(field, value)
  }

  /** Keeps a value that has no place of its own, under the header it had in the file. */
  note(field: ImportField, value: string): void {
    const at = this.#rules.mapping.indexOf(field)
    const header = tidy(this.#rules.headers[at] ?? '')
    this.kept.push(header ? `${header}: ${value}` : value)
  }
}
