import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tidy } from '../../../shared/domain/persian-text.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { useApp } from '../../app/app-context.ts'
import type { AddDialogProps } from '../../app/module.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { LeadFields } from './LeadFields.tsx'
import { EMPTY_LEAD, formOfText, isEmptyForm, type LeadForm, leadName, patchOfForm } from './lead-model.ts'

/** Somebody asked: name, number, from where and what. What is half typed is kept. */
export function QuickLead({ isOpen, onClose, text }: AddDialogProps) {
  return isOpen ? <QuickForm onClose={onClose} {...(text && { text })} /> : null
}

function QuickForm({ onClose, text }: { onClose: () => void; text?: string }) {
  const { t } = useTranslation('leads')
  const app = useApp()
  const draft = useDraft<LeadForm>('leads.quick')
  const [form, setForm] = useState<LeadForm>(() => (text ? formOfText(text) : EMPTY_LEAD))
  const [isTouched, setTouched] = useState(!!text)
  const [isNeeded, setNeeded] = useState(false)
  useEffect(() => {
    if (draft.restored && !isTouched) setForm({ ...EMPTY_LEAD, ...draft.restored })
  }, [draft.restored, isTouched])
  const change = (part: Partial<LeadForm>) => {
    const next = { ...form, ...part }
    setForm(next)
    setTouched(true)
    setNeeded(false)
    if (isEmptyForm(next)) draft.clear()
    else draft.save(next)
  }
  const add = useCommand(api.leads.add, {
    message: () => t('done.added', { name: tidy(leadName({ ...form, e164: null })) }),
  })
  const save = async () => {
    if (add.isRunning) return
    if (!form.name.trim() && !form.phone.trim()) return setNeeded(true)
    const added = await add.run(patchOfForm(form, EMPTY_LEAD))
    if (!added) return
    draft.clear()
    onClose()
    app.go(`/leads?open=${added.id}`)
  }
  const leave = () => {
    draft.clear()
    onClose()
  }
  const keys = useFormKeys({ onSave: () => void save(), onCancel: onClose })
  return (
    <Dialog
      isOpen
      isSaving={add.isRunning}
      onClose={onClose}
      title={t('add')}
      className="max-w-2xl"
      footer={
        <>
          <Button variant="primary" kbd="F2" isDisabled={add.isRunning} onPress={() => void save()}>
            {t('common:save')}
          </Button>
          {isEmptyForm(form) ? null : (
            <Button variant="ghost" onPress={() => change(EMPTY_LEAD)}>
              {t('clear')}
            </Button>
          )}
        </>
      }
    >
      <form {...keys} className="flex flex-col gap-3.5">
        <LeadFields form={form} onChange={change} {...(isNeeded && { error: t('needed') })} onLeave={leave} />
      </form>
    </Dialog>
  )
}
