import { useTranslation } from 'react-i18next'
import { formatMoney, type Unit } from '../../shared/domain/money.ts'
import { Dash } from './DayText.tsx'
import { useLanguage } from './locale.ts'

/** An amount (rials) in the shown unit; zero and null are a dash. `withUnit` adds the unit's name; lists have it in the head. */
export function MoneyText({ rial, unit, withUnit }: { rial: number | null; unit: Unit; withUnit?: boolean }) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  if (!rial) return <Dash />
  return (
    <span className="whitespace-nowrap">
      <bdi dir="ltr">{formatMoney(rial, unit, language)}</bdi>
      {withUnit ? ` ${t(unit)}` : null}
    </span>
  )
}
