import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import type { Staged } from './import-model.ts'

const TOLD = ['titles', 'totals', 'empty_rows', 'merged', 'cards', 'groups', 'photos'] as const

/** What was passed over and put right while reading, in one line. */
export function ReadFactsLine({ staged, isReading }: { staged: Staged; isReading: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const told = TOLD.filter((fact) => staged.facts[fact] > 0).map((fact) =>
    t(`imports:fact.${fact}`, { count: staged.facts[fact], n: formatNumber(staged.facts[fact], language) }),
  )
  return (
    <p role="status" className="text-xs text-muted">
      {isReading
        ? t('imports:reading')
        : [t('imports:readSo', { format: t(`imports:format.${staged.format}`) }), ...told].join(' · ')}
    </p>
  )
}
