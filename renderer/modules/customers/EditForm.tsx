import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { AboutPart } from './AboutPart.tsx'
import { AddressPart } from './AddressPart.tsx'
import { CodesPart } from './CodesPart.tsx'
import { ContactPart } from './ContactPart.tsx'
import { Duplicates } from './Duplicates.tsx'
import { FinancePart } from './FinancePart.tsx'
import { nameOfForm } from './form-model.ts'
import { IdentityPart } from './IdentityPart.tsx'
import { LinkPart } from './LinkPart.tsx'
import { SortingPart } from './SortingPart.tsx'
import { useDuplicates } from './use-duplicates.ts'
import { useEdit } from './use-edit.ts'
import { useNameText } from './use-name-text.ts'
import { useSave } from './use-save.ts'

/** All of a customer on one page. Enter goes on, Ctrl+Enter or F2 saves what changed, Esc closes and keeps what was typed. */
export function EditForm({ record }: { record?: Customer }) {
  const { t } = useTranslation('customers')
  const { on: isCounter } = useCounterMode()
  const nameText = useNameText()
  const edit = useEdit(record)
  const { save, close, isSaving, isNeeded } = useSave(edit, record)
  const keys = useFormKeys({ onSave: () => void save(), onCancel: close })
  const root = useRef<HTMLFormElement>(null)
  const { form, change, clash } = edit
  const name = nameOfForm(form)
  const hits = useDuplicates({
    phones: form.channels.filter((each) => each.kind === 'phone').map((each) => each.value),
    emails: form.channels.filter((each) => each.kind === 'email').map((each) => each.value),
    national_id: form.national_id,
    company_id: form.company_id,
    name,
    city: form.addresses[0]?.city,
    except: record?.id,
  })
  // Before the draft is read: whoever is in another field by then stays there.
  useLayoutEffect(() => root.current?.querySelector<HTMLElement>('[data-first] input')?.focus(), [])

  const part = { form, change }
  return (
    <form ref={root} {...keys} className="mx-auto flex max-w-4xl flex-col gap-3" aria-label={t('command.edit')}>
      <header className="sticky -top-5 z-20 -mx-1 flex flex-wrap items-center gap-2 bg-bg px-1 py-3">
        <h1 className="min-w-0 flex-1 truncate text-lg font-bold">
          {record ? t('edit.title', { name: nameText(record.name) }) : t('edit.newTitle')}
        </h1>
        <Button type="submit" variant="primary" kbd="F2" isDefault isDisabled={isSaving}>
          {t('edit.save')}
        </Button>
        <Button kbd="Esc" onPress={close}>
          {t('edit.cancel')}
        </Button>
      </header>
      <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
        {isNeeded ? <p className="rounded-card bg-bad-soft px-3.5 py-2 text-bad-ink">{t('edit.needed')}</p> : null}
        {edit.isRestored ? (
          <p className="flex items-center gap-2 rounded-card bg-accent-soft px-3.5 py-1.5 text-accent-ink">
            <span className="flex-1">{t('edit.draftBack')}</span>
            <Button size="sm" onPress={edit.discard}>
              {t('edit.draftDrop')}
            </Button>
          </p>
        ) : null}
        {clash.length > 0 ? (
          <p className="rounded-card bg-warn-soft px-3.5 py-2 text-warn-ink">
            {t('edit.clash', { fields: clash.map((key) => t(`part.${key}` as 'part.birth')).join(t('comma')) })}
          </p>
        ) : null}
      </div>
      <Duplicates hits={hits} />
      <div className="rounded-card border border-line bg-surface px-4">
        <IdentityPart {...part} isNew={!record} />
        <ContactPart {...part} hits={hits} />
        <AddressPart {...part} />
        <LinkPart {...part} />
        <SortingPart {...part} waitFor={edit.waitFor} isCounter={isCounter} />
        <CodesPart {...part} hits={hits} />
        {isCounter ? null : <FinancePart {...part} />}
        <AboutPart {...part} />
      </div>
    </form>
  )
}
