import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportField } from '../../../shared/contract/imports.ts'
import { localDigits } from '../../../shared/domain/format.ts'
import { formatMoney } from '../../../shared/domain/money.ts'
import { formatPhone, parsePhone } from '../../../shared/domain/phone.ts'
import { useBusiness } from '../../api/session.ts'
import { useLanguage } from '../../ui/locale.ts'

const PHONES: ReadonlySet<ImportField> = new Set(['mobile', 'phone', 'fax'])
const CODES: ReadonlySet<ImportField> = new Set([
  'national_id',
  'company_id',
  'economic_code',
  'sheba',
  'card_number',
  'postal_code',
  'birthday',
])
/** House numbers, as the record shows them. */
const PLACES: ReadonlySet<ImportField> = new Set(['address', 'city', 'province'])

/** Gives `text(field, value)`: a value of a customer, as the engine compares it, in the way people read it. */
export function useChangeText() {
  const { t } = useTranslation()
  const language = useLanguage()
  const unit = useBusiness()?.money_unit ?? 'toman'
  return useCallback(
    (field: ImportField, value: string): string => {
      if (field === 'credit_limit')
        return `\u2068${formatMoney(Number(value), unit, language)}\u2069 ${t(`ui:${unit}`)}`
      if (field === 'role') return t(`customers:role.${value}` as 'customers:role.customer')
      if (PHONES.has(field))
        return `\u2066${localDigits(parsePhone(value).ok ? formatPhone(value) : value, language)}\u2069`
      if (CODES.has(field)) return `\u2066${localDigits(value, language)}\u2069`
      return PLACES.has(field) ? localDigits(value, language) : value
    },
    [t, language, unit],
  )
}
