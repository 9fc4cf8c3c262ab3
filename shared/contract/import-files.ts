import { z } from 'zod'

/** What a column of a file can become. `phone`, `email`, `address`… may be mapped several times. */
export const IMPORT_FIELDS = [
  'full_name',
  'first_name',
  'last_name',
  'company_name',
  'kind',
  'title',
  'job',
  'works_at',
  'mobile',
  'phone',
  'fax',
  'email',
  'website',
  'address_type',
  'province',
  'city',
  'address',
  'postal_code',
  'national_id',
  'company_id',
  'economic_code',
  'registration_number',
  'sheba',
  'card_number',
  'birthday',
  'credit_limit',
  'tags',
  'groups',
  'role',
  'source',
  'note',
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]
/** Of a file as it is handed over; screens look before they send, the engine looks again. */
export const MAX_FILE_BYTES = 200 * 1024 * 1024
export const Mapping = z.array(z.enum(IMPORT_FIELDS).nullable()).max(500)

/** What a file can be; text with any delimiter is 'csv'. 'sample' and 'bulk' are batches that came out of no file. */
export const FILE_FORMATS = ['csv', 'xlsx', 'xls', 'vcf'] as const
export const FileFormat = z.enum(FILE_FORMATS)
export type FileFormat = z.infer<typeof FileFormat>

export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1256', 'x-mac-arabic', 'windows-1252'] as const

/** How to read a file where the engine's own judgement was wrong; what is left out is judged. */
export const ReadOptions = z.object({
  encoding: z.enum(TEXT_ENCODINGS).optional(),
  delimiter: z.string().length(1).optional(),
  sheet: z.string().max(200).optional(),
  /** 1-based line or row of the header; 0: the file has none. */
  header_row: z.int().min(0).max(10_000).optional(),
})
export type ReadOptions = z.infer<typeof ReadOptions>

/** How a file was read, to be shown and corrected. */
export const ReadFacts = z.object({
  /** Of text and vCard; null for workbooks. */
  encoding: z.enum(TEXT_ENCODINGS).nullable(),
  /** Of text; null otherwise. */
  delimiter: z.string().nullable(),
  /** The sheet that was read, and all that could be; null and none where the file has no sheets. */
  sheet: z.string().nullable(),
  sheets: z.array(z.object({ name: z.string(), rows: z.int(), hidden: z.boolean() })),
  /** 1-based line or row of the header; 0: none; null: the format has no header (vCard). */
  header_row: z.int().nullable(),
  /** Lines above the header that were passed over, and lines below the rows that only sum them up. */
  titles: z.int(),
  totals: z.int(),
  empty_rows: z.int(),
  /** Cells that got the value of the merged area they belong to. */
  merged: z.int(),
  /** Pictures and sounds of a vCard that were passed over. */
  photos: z.int(),
  /** Cards of a vCard file; of these, lists of others, whose names became tags of their members. */
  cards: z.int(),
  groups: z.int(),
})
export type ReadFacts = z.infer<typeof ReadFacts>
