import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { TextField } from '../../ui/TextField.tsx'
import type { Device } from './sync-model.ts'

/** What a device is called, for everybody. */
export function RenameDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('sync')
  const client = useQueryClient()
  const [name, setName] = useState(device.name)
  const rename = useCommand(api.sync.devices.rename, {
    message: () => t('devices.renamed'),
    onDone: () => {
      void client.invalidateQueries({ queryKey: rpc.sync.devices.key() })
      onClose()
    },
  })
  const save = () => {
    if (name.trim() !== '' && !rename.isRunning) void rename.run({ id: device.id, name })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('devices.renameTitle')}
      size="sm"
      footer={
        <>
          <Button variant="primary" kbd="F2" onPress={save} isDisabled={rename.isRunning}>
            {t('common:save')}
          </Button>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
        </>
      }
    >
      <form {...keys}>
        <TextField
          label={t('devices.name')}
          value={name}
          onChange={setName}
          maxLength={60}
          autoComplete="off"
          autoFocus
          error={name.trim() === '' ? t('form.needed') : undefined}
        />
      </form>
    </Dialog>
  )
}
