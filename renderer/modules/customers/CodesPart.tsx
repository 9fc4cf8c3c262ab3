import { useTranslation } from 'react-i18next'
import { BANKS } from '../../../shared/data/banks.ts'
import { CodeField } from '../../ui/CodeField.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Section } from '../../ui/Section.tsx'
import { CODES, type CodeKey, checkOf, warningOf } from './codes-model.ts'
import { inlineDuplicate } from './duplicate-model.ts'
import type { DuplicateHit } from './use-duplicates.ts'
import type { PartProps } from './use-edit.ts'

/** Ids and accounts. A wrong check digit warns and never blocks; the bank of a card or Sheba is told. */
export function CodesPart({ form, change, hits }: PartProps & { hits: readonly DuplicateHit[] }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const warning = (key: CodeKey) => {
    const odd = warningOf(key, form[key])
    if (odd) return t(odd as 'warn.sheba')
    const name = key === 'national_id' || key === 'company_id' ? inlineDuplicate(hits, key) : null
    return name !== null ? t('duplicate.inline', { name: name || t('nameless') }) : undefined
  }
  const bank = (key: CodeKey) => {
    const checked = checkOf(key, form[key])
    return checked?.ok && checked.bank ? BANKS[checked.bank]?.[language] : undefined
  }
  return (
    <Section title={t('edit.codes')}>
      {CODES.filter(({ key, only }) => !only || only === form.kind || form[key] !== '').map(({ key, groups }) => {
        const name = bank(key)
        return (
          <CodeField
            key={key}
            label={name ? `${t(`field.party.${key}`)} · ${name}` : t(`field.party.${key}`)}
            groups={groups}
            inputMode={key === 'sheba' ? 'text' : 'numeric'}
            value={form[key]}
            onChange={(value) => change({ [key]: value })}
            warning={warning(key)}
          />
        )
      })}
    </Section>
  )
}
