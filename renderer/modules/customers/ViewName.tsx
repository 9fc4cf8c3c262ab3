import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { TextField } from '../../ui/TextField.tsx'
import type { View } from './views-model.ts'

/** Asks for the name of a new view, or a new name for one. */
export function ViewName(props: { naming: 'new' | View | null; onClose: () => void; onName: (name: string) => void }) {
  const { t } = useTranslation('customers')
  const { naming } = props
  const [name, setName] = useState('')
  useEffect(() => setName(naming && naming !== 'new' ? naming.name : ''), [naming])
  const save = () => {
    if (name.trim()) props.onName(name.trim())
  }
  const keys = useFormKeys({ onSave: save, onCancel: props.onClose })
  return (
    <Dialog
      size="sm"
      isOpen={naming !== null}
      onClose={props.onClose}
      title={naming === 'new' ? t('view.saveAs') : t('view.rename')}
      footer={
        <>
          <Button variant="primary" kbd="Enter" isDisabled={!name.trim()} onPress={save}>
            {t('edit.save')}
          </Button>
          <Button onPress={props.onClose}>{t('timeline.cancel')}</Button>
        </>
      }
    >
      <form {...keys}>
        <TextField
          label={t('view.name')}
          placeholder={t('view.namePlaceholder')}
          value={name}
          onChange={setName}
          maxLength={60}
          autoFocus
        />
      </form>
    </Dialog>
  )
}
