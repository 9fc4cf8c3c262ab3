import { useTranslation } from 'react-i18next'
import { PARTY_KINDS } from '../../../shared/domain/party.ts'
import { MonthDayField } from '../../ui/MonthDayField.tsx'
import { Section } from '../../ui/Section.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { PartProps } from './use-edit.ts'

/** Who it is. The kind is chosen once, with the new record. */
export function IdentityPart({ form, change, isNew }: PartProps & { isNew: boolean }) {
  const { t } = useTranslation('customers')
  const isCompany = form.kind === 'company'
  const text = (key: 'title' | 'first_name' | 'last_name' | 'company_name') => ({
    label: t(`field.party.${key}`),
    value: form[key],
    onChange: (value: string) => change({ [key]: value }),
    autoComplete: 'off',
  })
  return (
    <Section title={t('edit.identity')}>
      {isNew ? (
        <div className="md:col-span-2">
          <SegmentedControl
            label={t('field.party.kind')}
            value={form.kind}
            onChange={(kind) => change({ kind })}
            options={PARTY_KINDS.map((id) => ({ id, label: t(`kind.${id}`) }))}
          />
        </div>
      ) : null}
      {isCompany ? (
        <div data-first className="md:col-span-2">
          <TextField {...text('company_name')} />
        </div>
      ) : (
        <>
          <div className="grid grid-cols-[7rem_1fr] gap-2">
            <TextField {...text('title')} placeholder={t('edit.titlePlaceholder')} />
            <div data-first>
              <TextField {...text('first_name')} />
            </div>
          </div>
          <TextField {...text('last_name')} />
        </>
      )}
      <MonthDayField
        label={t(isCompany ? 'field.party.founded' : 'field.party.birth')}
        value={form.birth}
        onChange={(birth) => change({ birth })}
      />
    </Section>
  )
}
