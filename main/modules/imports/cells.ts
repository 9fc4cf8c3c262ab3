import type { ImportField, ImportProblem } from '../../../shared/contract/imports.ts'
import { tidy } from '../../../shared/domain/persian-text.ts'
import { fieldOfHeader } from './headers.ts'
import type { SourceRow } from './parse/source.ts'
import type { RowRules } from './row.ts'

/** A dash, a dot or a word that people and programs put into a cell to say «nothing»; Outlook's day that is none. */
const NOTHING = /^(?:[-–—ـ_.،*]+|null|n\/a|#n\/a|nan|undefined|none|0\/0\/0{1,4}|0{4}-00-00|1899-12-30|1900-01-00)$/i
/** Excel's mark for «this is text», where a program wrote it into the cell itself: before a number, or so that nothing is calculated. */
const TEXT_MARK = /^['’`´](?='*[=+\-@＝＋－＠\d۰-۹٠-٩])/

export interface Entry {
  field: ImportField
  header: string
  value: string
}

/** The cells of one row by field, tidied; collects what could not be used. */
export class RowCells {
  readonly problems: ImportProblem[] = []
  /** «header: value» lines for `about`. */
  readonly kept: string[] = []
  readonly #row: SourceRow
  readonly #rules: RowRules
  readonly #entries: Entry[] = []

  constructor(row: SourceRow, rules: RowRules) {
    this.#row = row
    this.#rules = rules
    const { mapping, headers } = rules
    for (let i = 0; i < mapping.length; i++) {
      const field = mapping[i]
      const raw = row.cells[i]
      if (!field || raw === undefined || raw === '') continue
      const value = tidy(raw).replace(TEXT_MARK, '')
      if (value === '' || (value.length < 12 && NOTHING.test(value))) continue
      this.#entries.push({ field, header: headers[i] ?? '', value })
    }
  }

  /** Mapped columns in their order, empty ones left out. */
  entries(fields: ReadonlySet<ImportField>): Entry[] {
    return this.#entries.filter((e) => fields.has(e.field))
  }

  all(field: ImportField): string[] {
    const out: string[] = []
    for (const e of this.#entries) if (e.field === field) out.push(e.value)
    return out
  }

  entry(field: ImportField): Entry | undefined {
    for (const e of this.#entries) if (e.field === field) return e
    return undefined
  }

  first(field: ImportField): string {
    return this.entry(field)?.value ?? ''
  }

  /** What stands under another header of the row; '' where there is none. Label columns of Google say what a number is for. */
  under(header: string): string {
    const at = this.#rules.headers.indexOf(header)
    return at < 0 ? '' : tidy(this.#row.cells[at] ?? '')
  }

  /** The first value of a one-line field; what is longer than `max` is cut, and kept whole in `about`. */
  text(field: ImportField, max: number): string | null {
    return this.line(field, this.first(field), max)
  }

  line(field: ImportField, text: string, max: number): string | null {
    const value = text.includes('\n') ? text.replace(/\s*\n\s*/g, ' ') : text
    if (value === '') return null
    if (value.length <= max) return value
    this.keep('TOO_LONG', field, value)
    return value.slice(0, max)
  }

  /** Columns put among the notes keep the header that says what they are, unless it is only «توضیحات». */
  notes(): string[] {
    const out: string[] = []
    for (const { field, header, value } of this.#entries) {
      if (field !== 'note') continue
      const said = header === '' || fieldOfHeader(header) === 'note' ? '' : tidy(header)
      out.push(said ? `${said}: ${value}` : value)
    }
    return out
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
