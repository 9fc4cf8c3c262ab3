import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityKind } from '../../../shared/domain/activity.ts'
import type { When } from '../../../shared/domain/parse-when.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { WhenField } from '../../ui/WhenField.tsx'
import type { Line } from './use-today-page.ts'

interface Form {
  body: string
  outcome_id: string | null
  when: When | null
}

const EMPTY: Form = { body: '', outcome_id: null, when: null }

/** What came of the call (visit, meeting, message) that the task was, with the next one if there is to be one; the task is done with it. */
export function LogDialog({ line, onClose }: { line: Extract<Line, { type: 'task' }>; onClose: () => void }) {
  const { t } = useTranslation('today')
  const { task } = line
  const kind = task.kind === 'todo' ? 'call' : task.kind
  const draft = useDraft<Form>(`today.log.${task.id}`)
  const [typed, setForm] = useState<Form | null>(null)
  const [badWhen, setBadWhen] = useState<string | null>(null)
  const form = typed ?? draft.restored ?? EMPTY
  const { data: outcomes } = useQuery(rpc.lists.all.queryOptions({ input: { list: 'outcome' } }))
  const log = useCommand(api.activities.log, {
    message: ({ task_id }) => t(task_id ? 'logDialog.savedNext' : 'logDialog.saved'),
    onDone: () => {
      draft.clear()
      onClose()
    },
  })
  const set = (part: Partial<Form>) => {
    const next = { ...form, ...part }
    setForm(next)
    draft.save(next)
  }
  const party = task.party
  const save = () => {
    if (log.isRunning || badWhen !== null || !party) return
    void log.run({
      activity: {
        kind: kind satisfies ActivityKind,
        body: form.body,
        party_ids: [party.id],
        ...(form.outcome_id && { outcome_id: form.outcome_id }),
      },
      ...(form.when && {
        followUp: { kind, title: task.title, due_date: form.when.day, due_minute: form.when.minute },
      }),
      done_task_id: task.id,
    })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  if (!party) return null
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`logDialog.title.${kind}`, { name: party.name })}
      footer={
        <>
          <Button variant="primary" type="submit" form="today-log" kbd="F2" isDefault isDisabled={log.isRunning}>
            {t('logDialog.save')}
          </Button>
          <Button variant="ghost" onPress={onClose}>
            {t('common:cancel')}
          </Button>
        </>
      }
    >
      <form
        {...keys}
        id="today-log"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
        className="flex flex-col gap-3"
      >
        <p className="text-muted">
          <bdi>{task.title}</bdi>
          {party.phone ? (
            <>
              {' '}
              <PhoneText phone={party.phone} className="ms-2 font-semibold text-text" />
            </>
          ) : null}
        </p>
        <TextField
          label={t('logDialog.body')}
          multiline
          rows={3}
          value={form.body}
          onChange={(body) => set({ body })}
          maxLength={20_000}
          autoFocus
        />
        <div className="grid grid-cols-2 items-start gap-3">
          <Select
            label={t('logDialog.outcome')}
            value={form.outcome_id}
            onChange={(outcome_id) => set({ outcome_id })}
            options={(outcomes ?? []).map(({ id, name }) => ({ id, label: name }))}
            isClearable
          />
          <WhenField
            label={t('logDialog.next')}
            value={form.when}
            onChange={(when) => set({ when })}
            onInvalidText={setBadWhen}
          />
        </div>
      </form>
    </Dialog>
  )
}
