import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Changed, Id, Instant, procedure } from './base.ts'
import { FILE_FORMATS, FileFormat, IMPORT_FIELDS, Mapping, ReadFacts, ReadOptions } from './import-files.ts'

export * from './import-files.ts'

/** What becomes of a row of someone who is there already: left out; only what is empty filled; the file wins; a second record. */
export const ON_DUPLICATE = ['skip', 'fill', 'update', 'add'] as const
export const OnDuplicate = z.enum(ON_DUPLICATE)
export type OnDuplicate = z.infer<typeof OnDuplicate>

/** Codes are i18n keys `imports:problem.<code>`. */
export const PROBLEM_CODES = [
  'NO_NAME_OR_PHONE',
  'TOO_LONG',
  'BAD_DATE',
  'BAD_NUMBER',
  'BAD_PHONE',
  /** A national id, postal code, Sheba … whose length or check digits are wrong; it comes in as it stands. */
  'BAD_CODE',
  /** A spreadsheet shows a long number as «9.12E+09»; the rest of its digits is not in the file. */
  'LOST_DIGITS',
  'UNREADABLE',
  'TOO_MANY_COLUMNS',
  'REFUSED',
] as const
export const ImportProblem = z.object({
  /** 1-based line (CSV), row (Excel) or card (vCard) in the file. */
  row: z.int(),
  code: z.enum(PROBLEM_CODES),
  field: z.enum(IMPORT_FIELDS).nullable(),
  value: z.string().max(300),
})
export type ImportProblem = z.infer<typeof ImportProblem>

/** 'undoing': its undo runs (`ImportSummary.undo_runs`), or was begun and not finished (a power cut); doing it once more finishes it. */
export const ImportState = z.enum(['staged', 'running', 'interrupted', 'cancelled', 'done', 'undoing', 'undone'])
const Counts = z.object({
  total: z.int(),
  /** Rows of the file that are finished: done = added + filled + updated + skipped + failed. */
  done: z.int(),
  /** Came in as new customers, those with a problem in a secondary value included. */
  added: z.int(),
  /** Customers that were there already and got what they lacked (`filled`), or what the file says (`updated`). */
  filled: z.int(),
  updated: z.int(),
  /** Left as they are: chosen so, or the row had nothing new for them. */
  skipped: z.int(),
  /** Of `added`, `filled` and `updated`: came in with something to look at. */
  warned: z.int(),
  /** Could not come in; `report` gives them back. */
  failed: z.int(),
})
export const ImportSummary = Counts.extend({
  id: Id,
  file_name: z.string(),
  format: z.enum([...FILE_FORMATS, 'sample', 'bulk']),
  state: ImportState,
  /** It is being taken back right now, by whatever window. */
  undo_runs: z.boolean(),
  created_at: Instant,
  user_id: Id.nullable(),
})
export type ImportSummary = z.infer<typeof ImportSummary>

export const ImportProgress = Counts.extend({
  /** Rows a second so far, and seconds left at that rate. */
  rate: z.number(),
  left: z.number().nullable(),
  state: ImportState,
})

export const Staged = z.object({
  id: Id,
  file_name: z.string(),
  format: FileFormat,
  headers: z.array(z.string()),
  mapping: Mapping,
  /** The mapping is the one a file with these headers was brought in with at that time; null: guessed. */
  remembered: Instant.nullable(),
  total: z.int(),
  facts: ReadFacts,
})
export type Staged = z.infer<typeof Staged>

/** What would change in a customer: of fields with one value from and to, of lists (phones, tags, addresses) what is added, with `from` null. */
export const DuplicateChange = z.object({ field: z.enum(IMPORT_FIELDS), from: z.string().nullable(), to: z.string() })
export type DuplicateChange = z.infer<typeof DuplicateChange>
export const DUPLICATE_WHY = ['phone', 'national_id', 'company_id', 'email', 'name_city'] as const
/** Who a row seems to be: a customer of the book (`id`) or an earlier row of the file (`row`). */
export const ImportDuplicate = z.object({
  id: Id.nullable(),
  row: z.int().nullable(),
  name: z.string(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  /** Strongest first. */
  why: z.array(z.enum(DUPLICATE_WHY)),
  /** What 'fill' and 'update' would change. Of an earlier row: against that row alone. */
  fill: z.array(DuplicateChange),
  update: z.array(DuplicateChange),
})
export type ImportDuplicate = z.infer<typeof ImportDuplicate>

export const PreviewRow = z.object({
  row: z.int(),
  cells: z.array(z.string()),
  name: z.string(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  /** What becomes of it under the choices made; 'bad': a problem keeps it out. */
  outcome: z.enum([...ON_DUPLICATE, 'bad']),
  /** Chosen for this row alone (`choose`). */
  choice: OnDuplicate.nullable(),
  duplicate: ImportDuplicate.nullable(),
  problems: z.array(ImportProblem),
})
export type PreviewRow = z.infer<typeof PreviewRow>

/** Of all rows of the file. bad + skip + fill + update + add = rows. */
export const PreviewCounts = z.object({
  rows: z.int(),
  bad: z.int(),
  /** Under the choices made. */
  skip: z.int(),
  fill: z.int(),
  update: z.int(),
  add: z.int(),
  /** Of the rows that would come in (add, fill, update): with a secondary value that is wrong or could not be read. */
  warned: z.int(),
  /** Whatever was chosen: someone of the book, or of an earlier row. */
  duplicates: z.int(),
  of_book: z.int(),
  of_file: z.int(),
  /** Rows with anything to look at (bad ones too). */
  problems: z.int(),
  /** Rows with a choice of their own. */
  chosen: z.int(),
})
export type PreviewCounts = z.infer<typeof PreviewCounts>
export const PREVIEW_SHOW = ['all', 'new', 'duplicates', 'warned', 'bad', 'chosen'] as const

const readErrors = {
  EMPTY_FILE: { status: 422 },
  FILE_TOO_LARGE: { status: 413, data: z.object({ limit: z.int() }) },
  /** Of an .xlsx that is small and unpacks to more than can be read. */
  UNPACKS_TOO_LARGE: { status: 413 },
  UNKNOWN_FORMAT: { status: 415 },
  WRONG_ENCODING: { status: 422 },
  BROKEN_FILE: { status: 422 },
  PROTECTED_FILE: { status: 422 },
  NO_ROWS: { status: 422 },
} as const

export const imports = {
  /** Reads the file (kept in the data folder until the import is done or discarded) and guesses what the columns are. */
  stage: procedure('imports.run')
    .input(z.object({ file: z.file() }))
    .errors(readErrors)
    .output(Staged),
  /** Reads the same file in another way; on an error it stays as it was read before. What was chosen for single rows is forgotten. */
  reread: procedure('imports.run')
    .input(z.object({ id: Id, options: ReadOptions }))
    .errors(readErrors)
    .output(Staged),
  /**
   * Rows as they would be, with problems and duplicates, a page at a time, and what becomes of all. The first call under a mapping reads the
   * whole file (abort it when the mapping changes), later ones are quick. `count` false: only the first rows, at once, with `counts`
   * null and duplicates within the file not looked for.
   */
  preview: procedure('imports.run')
    .input(
      z.object({
        id: Id,
        mapping: Mapping,
        on_duplicate: OnDuplicate.default('skip'),
        show: z.enum(PREVIEW_SHOW).default('all'),
        /** The `next` of the page before. */
        after: z.int().min(0).optional(),
        limit: z.int().min(1).max(200).default(50),
        count: z.boolean().default(true),
      }),
    )
    .output(z.object({ rows: z.array(PreviewRow), next: z.int().nullable(), counts: PreviewCounts.nullable() })),
  /**
   * What becomes of single rows, whatever is chosen for all; null takes the choice back. 'skip' leaves any row out; the others mean
   * something for duplicates only. Answers with how many rows have a choice of their own.
   */
  choose: procedure('imports.run')
    .input(
      z.object({
        id: Id,
        rows: z
          .array(z.object({ row: z.int(), choice: OnDuplicate.nullable() }))
          .min(1)
          .max(1000),
      }),
    )
    .output(z.object({ chosen: z.int() })),
  /**
   * Runs (or resumes) as a batch of chunks; ends when the stream ends. Aborting the call does not stop it: `cancel` does. What is left out
   * stays as it was chosen before; at first the guessed mapping and 'skip'.
   */
  run: procedure('imports.run')
    .input(
      z.object({
        id: Id,
        mapping: Mapping.optional(),
        on_duplicate: OnDuplicate.optional(),
        /** False: only follow a run that is under way; whoever merely looks must never take up what was stopped. */
        start: z.boolean().default(true),
      }),
    )
    .output(eventIterator(ImportProgress)),
  cancel: procedure('imports.run')
    .input(z.object({ id: Id }))
    .output(z.object({})),
  discard: procedure('imports.run')
    .input(z.object({ id: Id }))
    .output(z.object({})),
  list: procedure('imports.run').output(z.array(ImportSummary)),
  /** `came`: the row came in (or filled, updated someone) all the same. `failed`: only rows that did not. */
  problems: procedure('imports.run')
    .input(
      z.object({
        id: Id,
        after: z.int().optional(),
        limit: z.int().min(1).max(500).default(200),
        failed: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        problems: z.array(ImportProblem.extend({ cells: z.array(z.string()), came: z.boolean() })),
        total: z.int(),
      }),
    ),
  /**
   * The rows that did not come in, as a file of the same columns with the reasons in one more, to be corrected and brought again (its last
   * column is then left alone): .xlsx of a workbook, else .csv. The sentences come from the caller: of each code, with {{field}} and
   * {{value}} in it, and the names of the fields. `name`: of the file, without its ending. `warned`: instead the rows that came in with a
   * warning, to be corrected and brought again with 'update'. NOTHING_TO_REPORT: there are none.
   */
  report: procedure('imports.run')
    .input(
      z.object({
        id: Id,
        warned: z.boolean().default(false),
        name: z.string().min(1).max(200),
        header: z.string().min(1).max(100),
        reasons: z.partialRecord(z.enum([...PROBLEM_CODES, 'CELL_TOO_LONG']), z.string().max(300)),
        fields: z.partialRecord(z.enum(IMPORT_FIELDS), z.string().max(100)),
      }),
    )
    .errors({ NOTHING_TO_REPORT: { status: 409 } })
    .output(z.object({ file: z.file(), rows: z.int() })),
  /** Takes the whole import back (MODEL.md's undo rule). */
  undo: procedure('imports.run')
    .input(z.object({ id: Id }))
    .output(Changed.extend({ restored: z.int(), kept_total: z.int() })),
}
