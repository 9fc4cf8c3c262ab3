import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { MONTH_NAMES } from '../../../shared/domain/calendar-names.ts'
import { formatNumber, localDigits } from '../../../shared/domain/format.ts'
import { formatMoney } from '../../../shared/domain/money.ts'
import { formatPhone, parsePhone } from '../../../shared/domain/phone.ts'
import { useBusiness } from '../../api/session.ts'
import { useLanguage } from '../../ui/locale.ts'
import { storedWhen } from '../../ui/when-text.ts'
import { taskValue } from '../tasks/value-text.ts'
import { useLookups } from './use-lookups.ts'

const BOOLEANS = new Set(['blacklisted', 'pinned', 'deleted'])
const CODES = new Set([
  'national_id',
  'company_id',
  'economic_code',
  'registration_number',
  'sheba',
  'card_number',
  'postal_code',
])
const NAMED = new Set(['source_id', 'owner_id', 'tag_id', 'user_id', 'closed_by', 'handed_by'])
const WORDS: Record<string, string> = {
  'party.kind': 'kind',
  'party_role.role': 'role',
  'party_channel.kind': 'channelKind',
  'party_channel.type': 'channelType',
  'party_address.type': 'addressType',
  'party_link.kind': 'linkKind',
  'activity.kind': 'activities:kind',
  'activity.direction': 'activities:direction',
  'activity.channel': 'activities:channel',
  'activity.occasion': 'activities:occasion',
  'lead.status': 'leads:status',
  'list_item.list': 'lists:name',
  'user.role': 'users:role',
  'user.share': 'users:share',
}

/** Gives `text(table, field, value)`: a stored value of the log as people read it; null for an empty one. */
export function useValueText(): (table: string, field: string, value: unknown) => string | null {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const unit = useBusiness()?.money_unit ?? 'toman'
  const { nameOf } = useLookups()
  return useMemo(
    () => (table, field, value) => {
      if (value === null || value === undefined || value === '') return null
      const ofTask = taskValue(table, field, value, t, language)
      if (ofTask !== undefined) return ofTask
      const when = storedWhen(field, value, language)
      if (when !== undefined) return when
      const words = WORDS[`${table}.${field}`]
      if (words) return t(`${words}.${String(value)}` as 'kind.person')
      if (BOOLEANS.has(field)) return value === 1 || value === true ? t('timeline.yes') : t('timeline.no')
      // The timeline gives names already, the log of a field gives ids.
      if (NAMED.has(field)) return nameOf(value) ?? `\u2068${String(value)}\u2069`
      if (field === 'credit_limit')
        return `\u2068${formatMoney(Number(value), unit, language)}\u2069 ${t(`ui:${unit}`)}`
      if (field === 'birth_jm') return MONTH_NAMES[language][Number(value) - 1] ?? String(value)
      if (field === 'birth_jy' || field === 'birth_jd') return localDigits(String(value), language)
      if (typeof value === 'number') return formatNumber(value, language)
      const text = String(value)
      if (CODES.has(field)) return `\u2066${localDigits(text, language)}\u2069`
      if (table === 'party_channel' && field === 'value' && parsePhone(text).ok)
        return `\u2066${localDigits(formatPhone(text), language)}\u2069`
      // House numbers, as the record shows them.
      if (table === 'party_address') return `\u2068${localDigits(text, language)}\u2069`
      return `\u2068${text}\u2069`
    },
    [t, language, unit, nameOf],
  )
}
