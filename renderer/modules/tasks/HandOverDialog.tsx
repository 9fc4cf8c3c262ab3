import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskRow } from '../../../shared/contract/tasks.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { useUser } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useColleagues } from '../users/use-colleagues.ts'

interface Form {
  owner: string | null
  note: string
}

/** Gives a task to a colleague with a word; it waits on their page of today until they have seen it. */
export function HandOverDialog({ task, onClose }: { task: TaskRow; onClose: () => void }) {
  const { t } = useTranslation('tasks')
  const me = useUser()
  const { list, nameOf } = useColleagues()
  const draft = useDraft<Form>(`tasks.hand.${task.id}`)
  const [typed, setTyped] = useState<Form | null>(null)
  const [isNeeded, setNeeded] = useState(false)
  const others = list.filter(({ id }) => id !== me?.id)
  const form = typed ?? draft.restored ?? { owner: others.length === 1 ? others[0]!.id : null, note: '' }
  const chosen = others.find(({ id }) => id === form.owner)
  const hand = useCommand(api.tasks.handOver, {
    message: (_, { owner_id }) => t('handOver.said', { name: nameOf(owner_id) ?? '' }),
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
  const save = () => {
    setNeeded(form.owner === null)
    if (form.owner && !hand.isRunning) void hand.run({ id: task.id, owner_id: form.owner, note: form.note })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  return (
    <Dialog
      isOpen
      isSaving={hand.isRunning}
      onClose={onClose}
      size="sm"
      title={t('handOver.title')}
      footer={
        others.length > 0 ? (
          <Button variant="primary" kbd="F2" type="submit" form="hand-over" isDefault isDisabled={hand.isRunning}>
            {t('handOver.save')}
          </Button>
        ) : undefined
      }
    >
      <form {...keys} id="hand-over" className="flex flex-col gap-3">
        <p className="text-muted">
          <bdi>{task.title}</bdi>
        </p>
        {others.length === 0 ? (
          <p>{t('handOver.alone')}</p>
        ) : (
          <>
            <Select
              label={t('handOver.to')}
              value={form.owner}
              onChange={(owner) => {
                setNeeded(false)
                set({ owner })
              }}
              error={isNeeded ? t('handOver.needed') : undefined}
              options={others.map(({ id, name }) => ({ id, label: name }))}
              description={task.party && chosen?.share ? t('users:share.hint', { name: chosen.name }) : undefined}
              autoFocus
            />
            <TextField
              label={t('handOver.note')}
              value={form.note}
              onChange={(note) => set({ note })}
              maxLength={1000}
              multiline
              rows={2}
            />
          </>
        )}
      </form>
    </Dialog>
  )
}
