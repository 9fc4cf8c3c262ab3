import { useTranslation } from 'react-i18next'
import { formatMoney, moneyInWords, parseMoney, type Unit } from '../../shared/domain/money.ts'
import { toLatinDigits } from '../../shared/domain/persian-text.ts'
import type { FieldProps } from './Field.tsx'
import { useLanguage } from './locale.ts'
import { ParsedField } from './ParsedField.tsx'

export type MoneyFieldProps = FieldProps<number | null> & {
  /** The unit amounts are shown and typed in (a setting). The value is always whole rials. */
  unit: Unit
  onInvalidText?: (text: string | null) => void
}

/** An amount: digits of any keyboard, «۵۰ هزار», «2m»; in words below, to catch a zero too many. */
export function MoneyField({ unit, ...props }: MoneyFieldProps) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const words = (rial: number) => {
    const shown = unit === 'toman' ? Math.floor(Math.abs(rial) / 10) : Math.abs(rial)
    const rest = unit === 'toman' ? Math.abs(rial) % 10 : 0
    const main = language === 'fa' ? moneyInWords(shown) : formatMoney(rial, unit, 'en')
    return `${main} ${t(unit)}${rest && language === 'fa' ? ` و ${moneyInWords(rest)} ${t('rial')}` : ''}`
  }
  return (
    <ParsedField
      {...props}
      inputMode="numeric"
      show={(rial) => formatMoney(rial, unit, language)}
      edit={(rial) => formatMoney(rial, unit, language)}
      parse={(text) => {
        const read = parseMoney(toLatinDigits(text), unit)
        if (read.ok) return { ok: true, value: read.rial }
        return read.reason === 'empty'
          ? { ok: true, value: null }
          : { ok: false, message: t(`badMoney.${read.reason}`) }
      }}
      hint={words}
      suffix={<span className="shrink-0 pe-3 text-xs text-muted">{t(unit)}</span>}
    />
  )
}
