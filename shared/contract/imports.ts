import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Changed, Id, Instant, procedure } from './base.ts'

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
  'province',
  'city',
  'address',
  'postal_code',
  'national_id',
  'company_id',
  'economic_code',
  'sheba',
  'card_number',
  'birthday',
  'credit_limit',
  'tags',
  'role',
  'source',
  'note',
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]
/** Of a file as it is handed over; screens look before they send, the engine looks again. */
export const MAX_FILE_BYTES = 200 * 1024 * 1024
export const Mapping = z.array(z.enum(IMPORT_FIELDS).nullable()).max(500)

/** Codes are i18n keys `imports:problem.<code>`. */
export const ImportProblem = z.object({
  /** 1-based line (CSV), row (Excel) or card (vCard) in the file. */
  row: z.int(),
  code: z.enum([
    'NO_NAME_OR_PHONE',
    'TOO_LONG',
    'BAD_DATE',
    'BAD_NUMBER',
    'BAD_PHONE',
    'UNREADABLE',
    'TOO_MANY_COLUMNS',
    'REFUSED',
  ]),
  field: z.enum(IMPORT_FIELDS).nullable(),
  value: z.string().max(300),
})
export type ImportProblem = z.infer<typeof ImportProblem>

export const ImportState = z.enum(['staged', 'running', 'interrupted', 'cancelled', 'done', 'undone'])
export const ImportSummary = z.object({
  id: Id,
  file_name: z.string(),
  format: z.enum(['csv', 'xlsx', 'vcf', 'sample', 'bulk']),
  state: ImportState,
  total: z.int(),
  done: z.int(),
  /** Came in, those with a problem in a secondary value included. */
  added: z.int(),
  /** Of `added`: came in with something to look at. */
  warned: z.int(),
  failed: z.int(),
  created_at: Instant,
  user_id: Id.nullable(),
})
export type ImportSummary = z.infer<typeof ImportSummary>

export const ImportProgress = z.object({
  done: z.int(),
  total: z.int(),
  added: z.int(),
  /** Of `added`: came in with something to look at. */
  warned: z.int(),
  failed: z.int(),
  /** Rows a second so far, and seconds left at that rate. */
  rate: z.number(),
  left: z.number().nullable(),
  state: ImportState,
})

export const imports = {
  /** Reads the file (kept in the data folder until the import is done or discarded) and guesses what the columns are. */
  stage: procedure('imports.run')
    .input(z.object({ file: z.file() }))
    .errors({
      EMPTY_FILE: { status: 422 },
      FILE_TOO_LARGE: { status: 413, data: z.object({ limit: z.int() }) },
      UNKNOWN_FORMAT: { status: 415 },
      WRONG_ENCODING: { status: 422 },
      BROKEN_FILE: { status: 422 },
      PROTECTED_FILE: { status: 422 },
      UNPACKS_TOO_LARGE: { status: 413 },
      NO_ROWS: { status: 422 },
    })
    .output(
      z.object({
        id: Id,
        format: z.enum(['csv', 'xlsx', 'vcf']),
        headers: z.array(z.string()),
        mapping: Mapping,
        total: z.int(),
      }),
    ),
  /** The first rows as they would be, with problems; and how many of all would come in. */
  preview: procedure('imports.run')
    .input(z.object({ id: Id, mapping: Mapping }))
    .output(
      z.object({
        rows: z.array(
          z.object({
            row: z.int(),
            cells: z.array(z.string()),
            name: z.string(),
            phone: z.string().nullable(),
            city: z.string().nullable(),
            /** Someone with this phone or id is there already (here or earlier in the file). */
            known: z.boolean(),
            /** false: a problem keeps the row out. */
            comes: z.boolean(),
            problems: z.array(ImportProblem),
          }),
        ),
        good: z.int(),
        bad: z.int(),
        /** Of `good`. */
        known: z.int(),
        /** Of `good`: with a secondary value that could not be read; and how many of those are known. */
        warned: z.int(),
        known_warned: z.int(),
      }),
    ),
  /** Runs (or resumes) as a batch of chunks; ends when the stream ends. Aborting the call does not stop it: `cancel` does. */
  run: procedure('imports.run')
    .input(
      z.object({
        id: Id,
        mapping: Mapping.optional(),
        skip_known: z.boolean().default(true),
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
  problems: procedure('imports.run')
    .input(z.object({ id: Id, after: z.int().optional(), limit: z.int().min(1).max(500).default(200) }))
    .output(z.object({ problems: z.array(ImportProblem.extend({ cells: z.array(z.string()) })), total: z.int() })),
  /** Takes the whole import back (MODEL.md's undo rule). */
  undo: procedure('imports.run')
    .input(z.object({ id: Id }))
    .output(Changed.extend({ restored: z.int(), kept_total: z.int() })),
}
