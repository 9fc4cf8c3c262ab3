/**
 * How a column is written. In JSON lines every column stands as it is stored; in a sheet `instant` (epoch ms) and `day` become two columns
 * each, Jalali and ISO, `flag` becomes 0 or 1, and a reference gets the readable column of the row it leads to beside it.
 */
export type SheetColumn = 'text' | 'number' | 'flag' | 'instant' | 'day' | { to: string; show: string }

/** A table as «everything» gives it out. What is not named here (derived keys, secrets, what belongs to this device) never leaves. */
export interface ExportSheet {
  /** Its name in the database; also that of its files. */
  table: string
  /** In their order, besides `id`, `created_at` and `updated_at`, which every table has, and `deleted`, which only JSON lines have. */
  columns: Readonly<Record<string, SheetColumn>>
  /** Of `columns`: what only the owner should see. Left out, also of the description, unless asked for. */
  private?: readonly string[]
  /** References whose deleted target takes the row along: the phone of a deleted customer stands in no sheet. */
  partOf?: ReadonlyArray<readonly [column: string, table: string]>
  /** Rows with one of these values only. */
  only?: { column: string; values: readonly string[] }
}
