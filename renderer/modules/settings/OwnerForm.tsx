import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan, useUser } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { TextField } from '../../ui/TextField.tsx'

/** The name that stands in the history beside what this person does. */
export function OwnerForm() {
  const { t } = useTranslation()
  const user = useUser()
  const canWrite = useCan('users.write')
  const [name, setName] = useState<string | null>(null)
  const save = useCommand(api.users.update, {
    message: () => t('settings:owner.saved'),
    onDone: () => setName(null),
  })
  const shown = name ?? user?.name ?? ''
  const canSave = canWrite && user !== null && shown.trim() !== '' && shown.trim() !== user.name
  const go = () => {
    if (canSave) void save.run({ id: user.id, name: shown })
  }
  const keys = useFormKeys({ onSave: go })
  if (!user || !canWrite) return null
  return (
    <Card title={t('settings:owner.title')}>
      <form {...keys} className="flex items-end gap-3">
        <TextField label={t('setup:ownerName')} value={shown} onChange={setName} maxLength={100} className="flex-1" />
        <Button type="submit" isDefault isDisabled={!canSave || save.isRunning}>
          {t('common:save')}
        </Button>
      </form>
    </Card>
  )
}
