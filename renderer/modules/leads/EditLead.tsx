import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { LeadFields } from './LeadFields.tsx'
import { formOfLead, leadName, patchOfForm } from './lead-model.ts'
import type { Lead } from './use-leads.ts'

/** What is known of a lead; only what was changed here is written, so that two windows do not undo each other. */
export function EditLead({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  const { t } = useTranslation('leads')
  const [before] = useState(() => formOfLead(lead))
  const [form, setForm] = useState(before)
  const [isNeeded, setNeeded] = useState(false)
  const update = useCommand(api.leads.update, { message: () => t('done.saved'), onDone: onClose })
  const save = () => {
    if (update.isRunning) return
    if (!form.name.trim() && !form.phone.trim()) return setNeeded(true)
    const patch = patchOfForm(form, before)
    if (Object.keys(patch).length === 0) return onClose()
    void update.run({ id: lead.id, patch })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  return (
    <Dialog
      isOpen
      isSaving={update.isRunning}
      onClose={onClose}
      title={t('editOf', { name: leadName(lead) })}
      className="max-w-2xl"
      footer={
        <>
          <Button variant="primary" kbd="F2" isDisabled={update.isRunning} onPress={save}>
            {t('common:save')}
          </Button>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
        </>
      }
    >
      <form {...keys} className="flex flex-col gap-3.5">
        <LeadFields
          form={form}
          onChange={(part) => {
            setForm((now) => ({ ...now, ...part }))
            setNeeded(false)
          }}
          {...(isNeeded && { error: t('needed') })}
          except={lead.id}
          onLeave={onClose}
        />
      </form>
    </Dialog>
  )
}
