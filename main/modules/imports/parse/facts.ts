/** What a file is, by its content: text with any delimiter is 'csv', a zipped workbook (also OpenDocument) 'xlsx', an older one or a saved web page 'xls'. */
export type FileFormat = 'csv' | 'xlsx' | 'xls' | 'vcf'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1256', 'x-mac-arabic', 'windows-1252'] as const
/** Of text files; Windows-1256 is what Persian Windows programs wrote before Unicode. */
export type TextEncoding = (typeof ENCODINGS)[number]

/** How to read a file where the reader's own judgement was wrong; what is left out is judged. */
export interface ReadOptions {
  encoding?: TextEncoding | undefined
  /** One character. */
  delimiter?: string | undefined
  /** Name of a sheet of the workbook. */
  sheet?: string | undefined
  /** 1-based line or row of the header; 0: the file has none. */
  header_row?: number | undefined
}

export interface SheetFacts {
  name: string
  /** Rows with anything in them, titles and headers too. */
  rows: number
  /** Hidden in the workbook. */
  hidden: boolean
}

/** How a file was read, to be shown and corrected; plain data. */
export interface ReadFacts {
  /** Of text and vCard; null for workbooks. */
  encoding: TextEncoding | null
  /** Of text; null otherwise. */
  delimiter: string | null
  /** The sheet that was read, and all that could be; null and none where the file has no sheets. */
  sheet: string | null
  sheets: SheetFacts[]
  /** 1-based line (text) or row (workbook) of the header, as ReadOptions takes it; 0: none; null: the format has no header. */
  header_row: number | null
  /** Lines above the header that were passed over (a title, the date of a report). */
  titles: number
  /** Lines below the rows that only sum them up («جمع کل»), passed over. */
  totals: number
  empty_rows: number
  /** Cells that got the value of the merged area they belong to. */
  merged: number
  /** Pictures, logos and sounds of a vCard that were passed over. */
  photos: number
  /** Cards of a vCard file, those that are lists of others included; 0 otherwise. */
  cards: number
  /** Of `cards`: lists of others; their names became tags of their members. */
  groups: number
}

export const noFacts = (): ReadFacts => ({
  encoding: null,
  delimiter: null,
  sheet: null,
  sheets: [],
  header_row: null,
  titles: 0,
  totals: 0,
  empty_rows: 0,
  merged: 0,
  photos: 0,
  cards: 0,
  groups: 0,
})
