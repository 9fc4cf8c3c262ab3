import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Id, procedure } from './base.ts'
import { Target } from './customers.ts'
import { Sort } from './filter.ts'

/** Of a list of customers: Excel, CSV, or the contacts format of phones. */
export const LIST_FORMATS = ['xlsx', 'csv', 'vcf'] as const
export type ListFormat = (typeof LIST_FORMATS)[number]

/** The columns of the list on the screen; what was chosen there is exported under the same names. */
export const LIST_COLUMNS = [
  'name',
  'phone',
  'city',
  'company',
  'tags',
  'groups',
  'roles',
  'source',
  'owner',
  'credit_limit',
  'email',
  'birthday',
  'created',
  'updated',
  'last_contact',
  'next_contact',
] as const
export type ListColumn = (typeof LIST_COLUMNS)[number]

/** Headers, names of choices and file names are written in it. */
const language = z.enum(['fa', 'en']).default('fa')
/** Judgements of people (the blacklist and its reason) come along only when somebody asks for them. */
const withPrivate = z.boolean().default(false)

export const ExportRequest = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('customers'),
    format: z.enum(LIST_FORMATS),
    /** Deleted customers are in no list: a filter of the bin is refused. */
    target: Target.refine((t) => !('filter' in t) || !t.filter.trash, { message: 'TRASH' }),
    sort: Sort,
    /** null: everything that is known of a customer, in columns that come in again as the same data. A vCard always has everything. */
    columns: z.array(z.enum(LIST_COLUMNS)).min(1).max(LIST_COLUMNS.length).nullable().default(null),
    private: withPrivate,
    language,
  }),
  z.object({
    what: z.literal('everything'),
    /** One zip, or its files as they are. */
    format: z.enum(['zip', 'folder']),
    private: withPrivate,
    language,
  }),
])
export type ExportRequest = z.infer<typeof ExportRequest>

/** A finished file, waiting to be read. */
export const ExportFile = z.object({ name: z.string(), bytes: z.int() })

export const ExportProgress = z.object({
  id: Id,
  state: z.enum(['running', 'done']),
  /** Rows. */
  done: z.int(),
  total: z.int(),
  /** Rows a second so far, and seconds left at that rate. */
  rate: z.int(),
  left: z.number().nullable(),
  /** Only when done. */
  files: z.array(ExportFile),
  /** Cells longer than Excel can hold, which end in «…» there; CSV and JSON lines have them whole. */
  cut: z.int(),
})
export type ExportProgress = z.infer<typeof ExportProgress>

/** Of one answer of `read`, in bytes. */
export const EXPORT_PIECE = 1024 * 1024

export const exporting = {
  /**
   * Writes the file in the data folder and tells how far it is; ends when it is whole. Leaving the stream (or aborting the call) stops it and
   * nothing of it stays.
   */
  start: procedure('exports.run').input(ExportRequest).output(eventIterator(ExportProgress)),
  /** The next piece of a finished file, at most EXPORT_PIECE long; `next` is the offset after it, null at the end. */
  read: procedure('exports.run')
    .input(z.object({ id: Id, name: z.string().max(200), offset: z.int().min(0) }))
    .output(z.object({ data: z.file(), next: z.int().nullable() })),
  /** The files are not needed any more. */
  discard: procedure('exports.run')
    .input(z.object({ id: Id }))
    .output(z.object({})),
}
