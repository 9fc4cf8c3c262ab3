import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import type { PreviewRow } from './import-model.ts'
import { useProblemText } from './use-problem-text.ts'

/** Gives `reasons(row)`: why a row does not simply come in, a sentence each: who it seems to be, then what is wrong. */
export function useReasons() {
  const { t } = useTranslation()
  const language = useLanguage()
  const problemText = useProblemText()
  return useCallback(
    ({ duplicate, problems }: Pick<PreviewRow, 'duplicate' | 'problems'>): string[] => {
      const sentences = problems.map(problemText)
      if (!duplicate) return sentences
      const why = duplicate.why[0] ? t(`imports:why.${duplicate.why[0]}`) : ''
      const who =
        duplicate.row !== null
          ? t('imports:likeRow', { row: formatNumber(duplicate.row, language), why })
          : t('imports:likeCustomer', { name: `\u2068${duplicate.name}\u2069`, why })
      return [who, ...sentences]
    },
    [t, language, problemText],
  )
}
