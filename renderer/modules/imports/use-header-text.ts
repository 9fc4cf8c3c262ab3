import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportField } from '../../../shared/contract/imports.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import type { Staged } from './import-model.ts'

/** The properties of a vCard, by the names the engine gives them as columns; what is not here keeps its own name. */
const CARD: Record<string, ImportField> = {
  FN: 'full_name',
  'N (given)': 'first_name',
  'N (family)': 'last_name',
  'N (prefix)': 'title',
  KIND: 'kind',
  ORG: 'works_at',
  TITLE: 'job',
  'TEL (cell)': 'mobile',
  TEL: 'phone',
  'TEL (fax)': 'fax',
  EMAIL: 'email',
  URL: 'website',
  ADR: 'address',
  'ADR (city)': 'city',
  'ADR (region)': 'province',
  'ADR (code)': 'postal_code',
  BDAY: 'birthday',
  CATEGORIES: 'tags',
  NOTE: 'note',
}

/** Gives `text(column)`: the heading of a column as people read it; of a card the words of the screen, of a nameless one its number. */
export function useHeaderText({ format, headers }: Pick<Staged, 'format' | 'headers'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  return useCallback(
    (column: number): string => {
      const header = headers[column] ?? ''
      if (header === '') return t('imports:column.nameless', { n: formatNumber(column + 1, language) })
      if (format !== 'vcf') return header
      const field = CARD[header]
      if (field) return t(`imports:field.${field}`)
      // «ADR (home, city)» is the «ADR (city)» of the home.
      const bare = CARD[header.replace(/ \(home\)$/, '').replace('(home, ', '(')]
      return bare ? t('imports:ofHome', { field: t(`imports:field.${bare}`) }) : header
    },
    [t, language, format, headers],
  )
}
