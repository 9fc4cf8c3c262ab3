import { formatNumber, localDigits } from '../../../shared/domain/format.ts'
import { Dates } from './dates.ts'
import type { Written } from './everything.ts'
import type { PlannedColumn, PlannedSheet } from './sheet-plan.ts'
import { type Language, type Words, wordsOf } from './texts.ts'

interface About {
  now: number
  private: boolean
}

/** What every file and every column is, in Persian and in English, for people who have only the files. Lines end as Notepad wants them. */
export function readme(sheets: readonly PlannedSheet[], written: ReadonlyMap<string, Written>, about: About): string {
  const parts = (['fa', 'en'] as const).map((language) => section(language, sheets, written, about))
  return `\ufeff${parts.join(`\n${'='.repeat(78)}\n\n`)}`.replaceAll('\n', '\r\n')
}

function section(
  language: Language,
  sheets: readonly PlannedSheet[],
  written: ReadonlyMap<string, Written>,
  { now, private: isPrivate }: About,
): string {
  const words = wordsOf(language)
  const say = (key: string, values?: Record<string, string>) => words(`exports:readme.${key}`, values)
  const at = localDigits(new Dates().instant(now).jalali, language)
  const lines = [
    say('title'),
    '',
    say('made', { at }),
    say('files'),
    say('deleted'),
    say('dates'),
    say('money'),
    say(isPrivate ? 'private' : 'notPrivate'),
    say('not'),
    '',
  ]
  for (const sheet of sheets) {
    const { rows, living } = written.get(sheet.table) ?? { rows: 0, living: 0 }
    const n = (value: number) => formatNumber(value, language)
    lines.push(`${sheet.names[language]}: ${sheet.table}.xlsx (${n(living)}), ${sheet.table}.jsonl (${n(rows)})`)
    for (const column of sheet.columns)
      lines.push(`  ${column.name}: ${column.names[language]}${kindOf(column, words)}`)
    lines.push(`  deleted: ${words('exports:field.any.deleted')}${kindOf({ kind: 'flag' }, words)}`, '')
  }
  return lines.join('\n')
}

function kindOf({ kind }: Pick<PlannedColumn, 'kind'>, words: Words): string {
  if (typeof kind === 'object') return ` (${words('exports:readme.kind.reference', { table: kind.to })})`
  return kind === 'text' ? '' : ` (${words(`exports:readme.kind.${kind}`)})`
}
