import { useTranslation } from 'react-i18next'
import type { FilterRule } from '../../../shared/contract/filter.ts'
import { MONTH_NAMES } from '../../../shared/domain/calendar-names.ts'
import { PARTY_KINDS, PARTY_ROLES } from '../../../shared/domain/party.ts'
import { useBusiness } from '../../api/session.ts'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { JDateField } from '../../ui/JDateField.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { MoneyField } from '../../ui/MoneyField.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { type Option, Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { isDays, valueKindOf } from './filter-model.ts'
import { cityChoices, provinceChoices } from './places-model.ts'
import { useLookups } from './use-lookups.ts'

/** The value of a rule, with the field that fits its kind. */
export function FilterValue({ rule, onChange }: { rule: FilterRule; onChange: (value: FilterRule['value']) => void }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const unit = useBusiness()?.money_unit ?? 'toman'
  const { tags, sources, users } = useLookups()
  const label = { label: t('filter.valueLabel'), labelHidden: true }
  const text = typeof rule.value === 'string' ? rule.value : null
  const number = typeof rule.value === 'number' ? rule.value : null
  const choice = (options: readonly Option[]) => (
    <Select {...label} options={options} value={text} onChange={onChange} />
  )
  const named = (list: readonly { id: string; name: string }[]) =>
    choice(list.map(({ id, name }) => ({ id, label: name })))

  switch (valueKindOf(rule.field)) {
    case 'kind':
      return choice(PARTY_KINDS.map((id) => ({ id, label: t(`kind.${id}`) })))
    case 'role':
      return choice(PARTY_ROLES.map((id) => ({ id, label: t(`role.${id}`) })))
    case 'tag':
      return named(tags.filter((tag) => tag.kind === rule.field))
    case 'source':
      return named(sources)
    case 'user':
      return named(users)
    case 'province':
    case 'city':
      return (
        <ComboBox
          {...label}
          allowsCustom
          choices={rule.field === 'city' ? cityChoices(null) : provinceChoices}
          value={text ? { id: text, label: text } : null}
          onChange={(value) => onChange(value?.label ?? null)}
        />
      )
    case 'month':
      return (
        <Select
          {...label}
          options={MONTH_NAMES[language].map((name, at) => ({ id: String(at + 1), label: name }))}
          value={number === null ? null : String(number)}
          onChange={(month) => onChange(month === null ? null : Number(month))}
        />
      )
    case 'money':
      return <MoneyField {...label} unit={unit} value={number} onChange={onChange} />
    case 'day':
      return isDays(rule.test) ? (
        <NumberField {...label} min={1} max={3650} suffix={t('filter.days')} value={number} onChange={onChange} />
      ) : (
        <JDateField {...label} value={text} onChange={onChange} />
      )
    default:
      return <TextField {...label} value={text ?? ''} onChange={onChange} />
  }
}
