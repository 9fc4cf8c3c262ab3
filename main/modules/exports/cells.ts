/** What stands in a cell of a list; null is an empty one. */
export type Cell = string | number | null

export interface Column {
  header: string
  /** 'number' is one that can be added up. Phones and codes are texts, or their zeros would go. */
  kind: 'text' | 'number'
  /** Of the sheet, in characters. */
  width: number
}

/** Writes a list in one format, from its headers to its last row. */
export interface ListWriter {
  row(cells: readonly Cell[]): void
  finish(): void
  /** Cells that were longer than the format can hold. */
  readonly cut: number
}
