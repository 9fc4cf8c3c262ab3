import { useTranslation } from 'react-i18next'
import { Section } from '../../ui/Section.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { PartProps } from './use-edit.ts'

/** Free words about the customer. */
export function AboutPart({ form, change }: PartProps) {
  const { t } = useTranslation('customers')
  return (
    <Section title={t('edit.about')} columns={1}>
      <TextField
        label={t('edit.about')}
        labelHidden
        multiline
        rows={4}
        value={form.about}
        onChange={(about) => change({ about })}
      />
    </Section>
  )
}
