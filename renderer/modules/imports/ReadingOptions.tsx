import { useTranslation } from 'react-i18next'
import { TEXT_ENCODINGS } from '../../../shared/contract/imports.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import { Select } from '../../ui/Select.tsx'
import type { ReadFacts, ReadOptions } from './import-model.ts'

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', '،': 'persian' }
/** Rows that may be offered as the header besides the one found. */
const HEADER_ROWS = 10

/** What the engine judged about a file, each to be corrected by a choice; only what its format has. */
export function ReadingOptions(props: {
  facts: ReadFacts
  options: ReadOptions
  isReading: boolean
  onChange: (options: ReadOptions) => void
}) {
  const { facts, options, isReading, onChange } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const n = (value: number) => formatNumber(value, language)
  const delimiters = [...new Set([...Object.keys(DELIMITERS), ...(facts.delimiter ? [facts.delimiter] : [])])]
  const lastRow = Math.max(HEADER_ROWS, (facts.header_row ?? 0) + 3)
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(16rem,1fr))] gap-x-4 gap-y-2">
      {facts.encoding !== null ? (
        <Select
          label={t('imports:read.encoding')}
          options={TEXT_ENCODINGS.map((id) => ({ id, label: t(`imports:encoding.${id}`) }))}
          value={facts.encoding}
          // Another encoding finds its delimiter and header anew.
          onChange={(encoding) => encoding && onChange({ encoding })}
          isDisabled={isReading}
        />
      ) : null}
      {facts.delimiter !== null ? (
        <Select
          label={t('imports:read.delimiter')}
          options={delimiters.map((id) => ({
            id,
            label: DELIMITERS[id]
              ? t(`imports:delimiter.${DELIMITERS[id]}` as 'imports:delimiter.comma')
              : `\u2066${id}\u2069`,
          }))}
          value={facts.delimiter}
          onChange={(delimiter) => delimiter && onChange({ ...options, delimiter, header_row: undefined })}
          isDisabled={isReading}
        />
      ) : null}
      {facts.sheets.length > 0 ? (
        <Select
          label={t('imports:read.sheet')}
          options={facts.sheets.map(({ name, rows, hidden }) => ({
            id: name,
            label: name,
            description: t(hidden ? 'imports:read.hiddenSheet' : 'imports:read.sheetRows', { count: rows, n: n(rows) }),
          }))}
          value={facts.sheet}
          onChange={(sheet) => sheet !== null && onChange({ sheet })}
          isDisabled={isReading}
        />
      ) : null}
      {facts.header_row !== null ? (
        <Select
          label={t('imports:read.header')}
          options={Array.from({ length: lastRow + 1 }, (_, row) => ({
            id: String(row),
            label: row === 0 ? t('imports:read.noHeader') : t('imports:read.headerAt', { n: n(row) }),
          }))}
          value={String(facts.header_row)}
          onChange={(row) => row !== null && onChange({ ...options, header_row: Number(row) })}
          isDisabled={isReading}
        />
      ) : null}
    </div>
  )
}
