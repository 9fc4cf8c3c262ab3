import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { ChoiceCards } from '../../ui/ChoiceCards.tsx'
import { useLanguage } from '../../ui/locale.ts'
import type { Share } from './sync-model.ts'

/** All customers, or only a colleague's own, with how many that means and how a customer gets there. */
export function ShareChoice(props: {
  /** null: nothing yet, where it must be meant. */
  value: Share | null
  onChange: (value: Share) => void
  /** How many customers there are, and how many of them the colleague owns. */
  all: number
  own: number
}) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const { value, onChange, all, own } = props
  const counted = (id: Share, count: number) => ({
    id,
    label: t(`share.${id}`),
    description: t(`share.${id}Text`, { count, n: formatNumber(count, language) }),
  })
  return (
    <div className="flex flex-col gap-3">
      <ChoiceCards
        label={t('share.label')}
        isStacked
        value={value}
        onChange={onChange}
        options={[counted('all', all), counted('own', own)]}
      />
      {value === 'own' ? <p className="text-[0.8125rem] text-muted">{t('share.how')}</p> : null}
      {value === 'own' && own === 0 ? <p className="text-[0.8125rem] text-warn-ink">{t('share.nobody')}</p> : null}
    </div>
  )
}
