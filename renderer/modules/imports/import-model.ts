import type { ImportField } from '../../../shared/contract/imports.ts'
import type { Outputs } from '../../api/client.ts'

export type Staged = Outputs['imports']['stage']
export type Preview = Outputs['imports']['preview']
export type Summary = Outputs['imports']['list'][number]
export type ImportProgressItem = Outputs['imports']['run'] extends AsyncIterable<infer Step> ? Step : never
export type Mapping = (ImportField | null)[]

/** A file that was read and waits for «start»: kept as a draft, so that a closed window does not cost the choices made. */
export interface Waiting {
  staged: Staged
  fileName: string
  mapping: Mapping
  skipKnown: boolean
}

const FILES = new Set(['csv', 'xlsx', 'vcf'])
/** Batches that came out of a file; sample data and bulk work are batches too. */
export const isFile = (summary: Summary) => FILES.has(summary.format)

/** Up to three different values of a column, from the first rows. */
export function samplesOf(preview: Preview | undefined, column: number): string[] {
  const found = new Set<string>()
  for (const row of preview?.rows ?? []) {
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

/** How many would come in, and how many of them with something to look at. */
export const willCome = (preview: Preview, skipKnown: boolean) => preview.good - (skipKnown ? preview.known : 0)
export const willWarn = (preview: Preview, skipKnown: boolean) =>
  preview.warned - (skipKnown ? preview.known_warned : 0)
