import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { localDigits } from '../../../shared/domain/format.ts'
import { isEmptyField, type MergeField } from '../../../shared/domain/merge.ts'
import { inGroups } from '../../ui/CodeField.tsx'
import { Dash } from '../../ui/DayText.tsx'
import { Ltr } from '../../ui/Ltr.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { BirthdayText } from '../customers/BirthdayText.tsx'
import { CODES } from '../customers/codes-model.ts'
import { Money } from '../customers/Money.tsx'
import { useLookups } from '../customers/use-lookups.ts'

/** What one record says in a field; a dash where it says nothing. */
export function FieldValue({ record, field }: { record: Customer; field: MergeField }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const { nameOf } = useLookups()
  if (isEmptyField(record, field)) return <Dash />
  switch (field) {
    case 'kind':
      return <>{t(`kind.${record.kind}`)}</>
    case 'person':
      return <bdi>{[record.first_name, record.last_name].filter(Boolean).join(' ')}</bdi>
    case 'birth': {
      const { birth_jy: jy, birth_jm: jm, birth_jd: jd } = record
      if (jm !== null && jd !== null) return <BirthdayText birth={{ jm, jd, jy }} />
      return <>{localDigits([jy, jm].filter(Boolean).join('/'), language)}</>
    }
    case 'credit_limit':
      return <Money rial={record.credit_limit} withUnit />
    case 'blacklist':
      return <span dir="auto">{record.blacklist_reason || t('timeline.yes')}</span>
    case 'source_id':
    case 'owner_id':
      return <bdi>{nameOf(record[field])}</bdi>
    case 'about':
      return (
        <span dir="auto" className="line-clamp-6 whitespace-pre-line" title={record.about ?? undefined}>
          {record.about}
        </span>
      )
    case 'title':
    case 'company_name':
      return <bdi>{record[field]}</bdi>
    default: {
      const value = record[field] ?? ''
      const groups = CODES.find((code) => code.key === field)?.groups
      return <Ltr text={groups ? inGroups(value, groups) : value} copy={value} />
    }
  }
}
