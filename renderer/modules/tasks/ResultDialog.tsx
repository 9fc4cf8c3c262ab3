import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskRow } from '../../../shared/contract/tasks.ts'
import type { When } from '../../../shared/domain/parse-when.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { WhenField } from '../../ui/WhenField.tsx'
import { useOutcomes } from '../activities/use-outcomes.ts'

interface Form {
  body: string
  outcome: string | null
  next: When | null
}
const EMPTY: Form = { body: '', outcome: null, next: null }

/** Of a task what its result is about; with the customer's phone where it is known. */
export type DoneTask = Pick<TaskRow, 'id' | 'title' | 'kind'> & {
  party: { id: string; name: string; phone?: string | null } | null
}

/** What came of the call, meeting, visit or message, and when the next one is; the task is done with it. Any other task for a customer is told as a call. */
export function ResultDialog({ task, onClose }: { task: DoneTask; onClose: () => void }) {
  const { t } = useTranslation('tasks')
  const { outcomes } = useOutcomes()
  const draft = useDraft<Form>(`tasks.result.${task.id}`)
  const [typed, setTyped] = useState<Form | null>(null)
  const [bad, setBad] = useState<string | null>(null)
  const form = typed ?? draft.restored ?? EMPTY
  const log = useCommand(api.activities.log, {
    message: ({ task_id }) => t(task_id ? 'result.savedNext' : 'result.saved'),
    onDone: () => {
      draft.clear()
      onClose()
    },
  })
  const set = (part: Partial<Form>) => {
    const next = { ...form, ...part }
    setTyped(next)
    draft.save(next)
  }
  const { party } = task
  const kind = task.kind === 'todo' ? 'call' : task.kind
  const save = () => {
    if (log.isRunning || bad !== null || !party) return
    void log.run({
      activity: { kind, body: form.body, outcome_id: form.outcome, party_ids: [party.id] },
      ...(form.next && {
        followUp: { kind, title: task.title, due_date: form.next.day, due_minute: form.next.minute },
      }),
      done_task_id: task.id,
    })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  if (!party) return null
  return (
    <Dialog
      isOpen
      isSaving={log.isRunning}
      onClose={onClose}
      title={t(`result.title.${kind}`, { name: party.name })}
      footer={
        <Button variant="primary" kbd="F2" type="submit" form="task-result" isDefault isDisabled={log.isRunning}>
          {t('result.save')}
        </Button>
      }
    >
      <form {...keys} id="task-result" className="flex flex-col gap-3">
        <p className="flex flex-wrap gap-x-2 text-muted">
          <bdi>{task.title}</bdi>
          {party.phone ? <PhoneText phone={party.phone} className="font-semibold text-text" /> : null}
        </p>
        <TextField
          label={t('result.body')}
          multiline
          rows={3}
          value={form.body}
          onChange={(body) => set({ body })}
          maxLength={20_000}
          autoFocus
        />
        <div className="grid grid-cols-2 items-start gap-3 max-sm:grid-cols-1">
          <Select
            label={t('result.outcome')}
            value={form.outcome}
            onChange={(outcome) => set({ outcome })}
            options={outcomes}
            isClearable
          />
          <WhenField
            label={t('result.next')}
            value={form.next}
            onChange={(next) => set({ next })}
            onInvalidText={setBad}
          />
        </div>
      </form>
    </Dialog>
  )
}
