import { IMPORT_FIELDS, type ImportField, PROBLEM_CODES } from '../../shared/contract/imports.ts'
import { fold } from '../../shared/domain/persian-text.ts'
import { CliError } from './exits.ts'
import type { Say } from './text.ts'

const plain = (text: string) => fold(text).replace(/[\s\u200c]/g, '')

/**
 * The mapping with what was said on the command line: `FIELD=HEADER`, the field by its name in the program or on the screen, the column by its
 * header or its number from 1; `FIELD=` with nothing takes the field away. What is not said stays as it was guessed.
 */
export function mappingFrom(
  said: readonly string[],
  headers: readonly string[],
  guessed: ReadonlyArray<ImportField | null>,
  say: Say,
): Array<ImportField | null> {
  const mapping = headers.map((_, i) => guessed[i] ?? null)
  const wanted = said.map((text) => {
    const at = text.indexOf('=')
    const name = plain(at < 0 ? text : text.slice(0, at))
    const field = IMPORT_FIELDS.find((f) => plain(f) === name || plain(say(`imports:field.${f}`)) === name)
    if (at < 0 || !field) throw new CliError('badMap', { value: text, fields: IMPORT_FIELDS.join(' ') })
    return { field, header: text.slice(at + 1).trim() }
  })
  // What is said of a field is all there is of it, but it may be said of several columns.
  for (const { field } of wanted) for (let i = 0; i < mapping.length; i++) if (mapping[i] === field) mapping[i] = null
  for (const { field, header } of wanted) {
    if (header === '') continue
    const byName = headers.findIndex((h) => plain(h) === plain(header))
    const column = byName >= 0 || !/^\d{1,4}$/.test(header) ? byName : Number(header) - 1
    if (column < 0 || column >= headers.length)
      throw new CliError('noColumn', { header, headers: headers.map((h, i) => h || i + 1).join(' | ') })
    mapping[column] = field
  }
  return mapping
}

/** The sentences of a report, with their places left open for the engine to fill. */
export function reportWords(say: Say) {
  const open = { field: '{{field}}', value: '{{value}}' }
  const reasons = Object.fromEntries(
    [...PROBLEM_CODES, 'CELL_TOO_LONG' as const].map((code) => [code, say(`imports:problem.${code}`, open)]),
  )
  const fields = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, say(`imports:field.${field}`)]))
  return { header: say('cli:reportHeader'), reasons, fields }
}
