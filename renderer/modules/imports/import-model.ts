import type {
  DuplicateChange,
  FILE_FORMATS,
  ImportDuplicate,
  ImportField,
  OnDuplicate,
  PREVIEW_SHOW,
  PreviewCounts,
  PreviewRow,
  ReadFacts,
  ReadOptions,
  Staged,
} from '../../../shared/contract/imports.ts'
import type { Outputs } from '../../api/client.ts'

export type { DuplicateChange, ImportDuplicate, OnDuplicate, PreviewCounts, PreviewRow, ReadFacts, ReadOptions, Staged }
export type Summary = Outputs['imports']['list'][number]
export type ImportProgressItem = Outputs['imports']['run'] extends AsyncIterable<infer Step> ? Step : never
export type Mapping = (ImportField | null)[]
export type Show = (typeof PREVIEW_SHOW)[number]

/** What is asked before a file comes in; `run` and `result` follow from the batch itself. */
export const ASKING = ['reading', 'columns', 'check'] as const
export type Asking = (typeof ASKING)[number]
export type Step = 'file' | Asking | 'run' | 'result'
export const STEPS: readonly Step[] = ['file', ...ASKING, 'run', 'result']

/** A file that was read and waits for «start»: kept as a draft, so that a closed window does not cost the choices made. */
export interface Waiting {
  staged: Staged
  /** What was corrected of the reading. */
  options: ReadOptions
  mapping: Mapping
  onDuplicate: OnDuplicate
  step: Asking
  /** The furthest step seen: whoever goes back may go on to it at once. */
  reached: Asking
}

export const waitingFor = (staged: Staged): Waiting => ({
  staged,
  options: {},
  mapping: staged.mapping,
  onDuplicate: 'skip',
  step: 'reading',
  reached: 'reading',
})

export const atStep = (waiting: Waiting, step: Asking): Waiting => ({
  ...waiting,
  step,
  reached: ASKING.indexOf(step) > ASKING.indexOf(waiting.reached) ? step : waiting.reached,
})

/** The same file read in another way: what was chosen of its columns stays while they are the same ones. */
export function rereadAs(waiting: Waiting, staged: Staged, options: ReadOptions): Waiting {
  const isSame = JSON.stringify(staged.headers) === JSON.stringify(waiting.staged.headers)
  return { ...waiting, staged, options, mapping: isSame ? waiting.mapping : staged.mapping }
}

const FILES: ReadonlySet<string> = new Set<(typeof FILE_FORMATS)[number]>(['csv', 'xlsx', 'xls', 'vcf'])
/** Batches that came out of a file; sample data and bulk work are batches too. */
export const isFile = (summary: Summary) => FILES.has(summary.format)

/** Columns of the file: those of the header, or those that the longest of the first rows has. */
export const widthOf = (staged: Staged) => Math.max(staged.headers.length, staged.mapping.length)

/** Up to three different values of a column, from the first rows. */
export function samplesOf(rows: readonly PreviewRow[], column: number): string[] {
  const found = new Set<string>()
  for (const row of rows) {
    const value = row.cells[column]?.trim()
    if (value) found.add(value)
    if (found.size === 3) break
  }
  return [...found]
}

/** Without a name or a phone nobody can come in. */
const NAMES: ReadonlySet<ImportField> = new Set([
  'full_name',
  'first_name',
  'last_name',
  'company_name',
  'mobile',
  'phone',
])
export const canIdentify = (mapping: Mapping) => mapping.some((field) => field !== null && NAMES.has(field))

/** Fields of which a customer has one: of several columns only the first that holds something is taken. */
const SINGLE: ReadonlySet<ImportField> = new Set([
  'full_name',
  'first_name',
  'last_name',
  'company_name',
  'kind',
  'title',
  'job',
  'works_at',
  'national_id',
  'company_id',
  'economic_code',
  'birthday',
  'credit_limit',
  'source',
])
/** Fields that several columns became although there is room for one, with the places of those columns. */
export function doublesOf(mapping: Mapping): { field: ImportField; columns: number[] }[] {
  const columns = new Map<ImportField, number[]>()
  mapping.forEach((field, at) => {
    if (field && SINGLE.has(field)) columns.set(field, [...(columns.get(field) ?? []), at])
  })
  return [...columns].filter(([, at]) => at.length > 1).map(([field, at]) => ({ field, columns: at }))
}

/** Rows that are nobody's yet. */
export const newOf = ({ rows, bad, duplicates }: PreviewCounts) => Math.max(0, rows - bad - duplicates)
/** Rows that can come in and have something to look at. */
export const warnedOf = ({ problems, bad }: PreviewCounts) => problems - bad
/** Rows from which something comes into the book. */
export const comingOf = ({ add, fill, update }: PreviewCounts) => add + fill + update

/** What the choice makes of a duplicate; nothing changes where it is left out or comes as a second record. */
export function changesOf(duplicate: ImportDuplicate, outcome: PreviewRow['outcome']): readonly DuplicateChange[] {
  if (outcome === 'fill') return duplicate.fill
  return outcome === 'update' ? duplicate.update : []
}

/** A name for the report's file: that of the file without its ending. */
export const bareName = (fileName: string) => fileName.replace(/\.[^.]{1,5}$/, '') || fileName
