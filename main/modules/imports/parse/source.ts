import type { ImportField } from '../../../../shared/contract/imports.ts'

/** Why a whole row could not be read; the rest of the codes come from what is in the cells. */
export type RowFault = 'UNREADABLE' | 'TOO_LONG' | 'TOO_MANY_COLUMNS'

/** One record of a file. `row`: 1-based line (CSV), row (Excel) or card (vCard). */
export interface SourceRow {
  row: number
  cells: string[]
  fault?: RowFault
}

/** What a reader says about a file before its rows. */
export interface SourceHead {
  headers: string[]
  /** Fixed by the format (vCard); otherwise it is guessed from headers and values. */
  mapping: Array<ImportField | null> | null
}

export interface Reader {
  head(head: SourceHead): void
  row(row: SourceRow): void
}
