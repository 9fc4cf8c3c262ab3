import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { TextField } from '../../ui/TextField.tsx'

/** Asks for the name of a new tag, makes it, and hands it on. */
export function NewTag(props: {
  isOpen: boolean
  title: string
  onClose: () => void
  onTag: (tag: { id: string; name: string }) => void
}) {
  const { t } = useTranslation('customers')
  const { isOpen, onClose, onTag } = props
  const [name, setName] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: each opening begins empty
  useEffect(() => setName(''), [isOpen])
  const add = useCommand(api.customers.tags.add, {
    onDone: ({ id }, input) => {
      onClose()
      onTag({ id, name: input.name })
    },
  })
  const save = () => {
    if (name.trim()) void add.run({ name: name.trim(), kind: 'tag', color: null })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  return (
    <Dialog
      size="sm"
      isOpen={isOpen}
      isSaving={add.isRunning}
      onClose={onClose}
      title={props.title}
      footer={
        <Button variant="primary" kbd="Enter" isDisabled={!name.trim() || add.isRunning} onPress={save}>
          {t('edit.save')}
        </Button>
      }
    >
      <form {...keys}>
        <TextField label={t('bulk.tagName')} value={name} onChange={setName} maxLength={60} autoFocus />
      </form>
    </Dialog>
  )
}
