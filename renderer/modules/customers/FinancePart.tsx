import { useTranslation } from 'react-i18next'
import { useBusiness } from '../../api/session.ts'
import { MoneyField } from '../../ui/MoneyField.tsx'
import { Section } from '../../ui/Section.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { PartProps } from './use-edit.ts'

/** Credit and the blacklist; not drawn in counter mode. */
export function FinancePart({ form, change }: PartProps) {
  const { t } = useTranslation('customers')
  const unit = useBusiness()?.money_unit ?? 'toman'
  return (
    <Section title={t('edit.finance')}>
      <MoneyField
        label={t('field.party.credit_limit')}
        unit={unit}
        value={form.credit_limit}
        onChange={(credit_limit) => change({ credit_limit })}
      />
      <div className="flex flex-col gap-2.5">
        <div className="pt-6">
          <Switch
            label={t('edit.blacklist')}
            description={t('edit.blacklistHint')}
            value={form.blacklisted}
            onChange={(blacklisted) => change({ blacklisted })}
          />
        </div>
        {form.blacklisted ? (
          <TextField
            label={t('field.party.blacklist_reason')}
            value={form.blacklist_reason}
            onChange={(blacklist_reason) => change({ blacklist_reason })}
          />
        ) : null}
      </div>
    </Section>
  )
}
