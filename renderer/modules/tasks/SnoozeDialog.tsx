import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '../../../shared/domain/jalali.ts'
import type { When } from '../../../shared/domain/parse-when.ts'
import { useMinute, useToday } from '../../app/today.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { useLanguage } from '../../ui/locale.ts'
import { noDayText } from '../../ui/no-day-text.ts'
import { WhenField } from '../../ui/WhenField.tsx'
import { formatWhen } from '../../ui/when-text.ts'
import { type SnoozeTo, snoozeChoices } from './tasks-model.ts'
import { useTaskCommands } from './use-task-commands.ts'

/** Not now: in ten minutes, this evening, tomorrow morning, or whenever is typed. */
export function SnoozeDialog(props: {
  task: { id: string; title: string }
  onClose: () => void
  /** After it was put off. */
  onDone?: () => void
}) {
  const { task, onClose, onDone } = props
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const now = { day: useToday(), minute: useMinute() }
  const { snooze } = useTaskCommands()
  const [when, setWhen] = useState<When | null>(null)
  const [bad, setBad] = useState<string | null>(null)
  /** Enter says why a text is no day at once; else the field does when it is left. */
  const [isAsked, setAsked] = useState(false)
  const put = async (until: SnoozeTo) => {
    if (snooze.isRunning || !(await snooze.run({ id: task.id, until }))) return
    onDone?.()
    onClose()
  }
  const save = () => {
    setAsked(true)
    if (when && bad === null) void put({ date: when.day, minute: when.minute })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  return (
    <Dialog isOpen isSaving={snooze.isRunning} onClose={onClose} size="sm" title={t('snooze.title')}>
      <form {...keys} className="flex flex-col gap-3">
        <p className="truncate text-muted">
          <bdi>{task.title}</bdi>
        </p>
        <WhenField
          label={t('snooze.until')}
          value={when}
          onChange={setWhen}
          onInvalidText={(text) => {
            setBad(text)
            setAsked(false)
          }}
          error={isAsked && bad !== null ? (noDayText(bad, now.day, t, language) ?? t('ui:badWhen')) : undefined}
          autoFocus
        />
        <div className="flex flex-wrap gap-2">
          {snoozeChoices(now, addDays).map(({ id, to }) => (
            <Button key={id} size="sm" isDisabled={snooze.isRunning} onPress={() => void put(to)}>
              {t(`snooze.${id}`)}
              {'date' in to && id === 'saturday' ? (
                <span className="font-normal text-muted">
                  {formatWhen({ day: to.date, minute: to.minute }, now.day, language)}
                </span>
              ) : null}
            </Button>
          ))}
        </div>
        <p className="text-xs text-muted">{t('snooze.note')}</p>
        <div>
          <Button type="submit" variant="primary" isDefault isDisabled={!when || bad !== null || snooze.isRunning}>
            {t('snooze.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
