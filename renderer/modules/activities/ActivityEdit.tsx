import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Activity } from '../../../shared/contract/activities.ts'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { LogFields } from './LogFields.tsx'
import { canSave, changesOf, formOf, isYetToCome, type LogForm } from './log-model.ts'
import { MentionField } from './MentionField.tsx'
import { useActivityCommands } from './use-timeline.ts'

/** An activity being changed where it stands; Ctrl+Enter saves, Esc leaves it as it was. */
export function ActivityEdit(props: { activity: Activity; partyId: string; isBrief?: boolean; onClose: () => void }) {
  const { activity, partyId, isBrief, onClose } = props
  const { t } = useTranslation('activities')
  const { update } = useActivityCommands()
  const [before] = useState<LogForm>(() => formOf(activity, partyId))
  const [form, setForm] = useState(before)
  const [badWhen, setBadWhen] = useState<string | null>(null)
  const [badMinutes, setBadMinutes] = useState<string | null>(null)
  const change = (part: Partial<LogForm>) => setForm((now) => ({ ...now, ...part }))
  const isReady = canSave(form, true) && badWhen === null && badMinutes === null && !isYetToCome(form.when, Date.now())
  const save = async () => {
    if (!isReady) return
    const changes = changesOf(before, form, activity, Date.now())
    if (changes === null || (await update({ id: activity.id, ...changes }))) onClose()
  }
  const keys = useFormKeys({ onSave: () => void save(), onCancel: onClose })
  return (
    <form {...keys} aria-label={t('edit')} className="flex flex-col gap-2">
      <MentionField
        label={t(`compose.${form.kind}`)}
        rows={3}
        value={form.body}
        onChange={(body) => change({ body })}
        autoFocus
      />
      <LogFields
        form={form}
        partyId={partyId}
        isBrief={isBrief}
        onChange={change}
        onBadWhen={setBadWhen}
        onBadMinutes={setBadMinutes}
      />
      <div className="flex gap-2">
        <Button size="sm" type="submit" variant="primary" kbd="Ctrl Enter" isDefault isDisabled={!isReady}>
          {t('saveEdit')}
        </Button>
        <Button size="sm" onPress={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
