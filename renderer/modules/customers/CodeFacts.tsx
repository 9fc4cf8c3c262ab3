import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { BANKS } from '../../../shared/data/banks.ts'
import { inGroups } from '../../ui/CodeField.tsx'
import { Ltr } from '../../ui/Ltr.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { CODES, checkOf } from './codes-model.ts'
import { Fact } from './Fact.tsx'

/** Ids and account numbers in groups; the bank's name beside Sheba and card. */
export function CodeFacts({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  return CODES.map(({ key, groups }) => {
    const value = customer[key]
    if (!value) return null
    const checked = checkOf(key, value)
    const bank = checked?.ok && 'bank' in checked && checked.bank ? BANKS[checked.bank] : undefined
    return (
      <Fact key={key} label={t(`field.party.${key}`)} history={{ table: 'party', row_id: customer.id, field: key }}>
        <Ltr text={groups ? inGroups(value, groups) : value} copy={value} />
        {bank ? <span className="block text-xs text-muted">{bank[language]}</span> : null}
      </Fact>
    )
  })
}
