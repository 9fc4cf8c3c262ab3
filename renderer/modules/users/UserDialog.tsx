import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES } from '../../../shared/domain/roles.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorCode } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { ColourChoice } from './ColourChoice.tsx'
import { isPin, PinField } from './PinField.tsx'
import type { User } from './use-colleagues.ts'

/** A new colleague (`user` null), or one that is changed. */
export function UserDialog({ user, onClose }: { user: User | null; onClose: () => void }) {
  const { t } = useTranslation('users')
  const [name, setName] = useState(user?.name ?? '')
  const [color, setColor] = useState(user?.color ?? null)
  const [role, setRole] = useState<User['role']>(user?.role ?? 'seller')
  const [pin, setPin] = useState('')
  const [isTried, setTried] = useState(false)
  const [isLastOwner, setLastOwner] = useState(false)
  const [isTaken, setTaken] = useState(false)
  const refused = (error: unknown) => {
    const code = errorCode(error)
    setLastOwner(code === 'LAST_OWNER')
    setTaken(code === 'NAME_TAKEN')
    return code === 'LAST_OWNER' || code === 'NAME_TAKEN'
  }
  const add = useCommand(api.users.add, {
    message: (_, input) => t('added', { name: input.name }),
    onDone: onClose,
    onError: refused,
  })
  const update = useCommand(api.users.update, {
    message: () => t('saved'),
    onDone: onClose,
    onError: refused,
  })
  const isNameMissing = name.trim() === ''
  const isPinWrong = pin !== '' && !isPin(pin)
  const save = () => {
    setTried(true)
    if (isNameMissing || isPinWrong || add.isRunning || update.isRunning) return
    if (user) void update.run({ id: user.id, name, color, role })
    else void add.run({ name, color, role, ...(pin && { pin }) })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  return (
    <Dialog
      isOpen
      isSaving={add.isRunning || update.isRunning}
      onClose={onClose}
      title={user ? t('editTitle', { name: user.name }) : t('addTitle')}
      footer={
        <>
          <Button variant="primary" kbd="F2" onPress={save} isDisabled={add.isRunning || update.isRunning}>
            {t('common:save')}
          </Button>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
        </>
      }
    >
      <form {...keys} className="flex flex-col gap-4">
        <TextField
          label={t('name')}
          value={name}
          onChange={(next) => {
            setName(next)
            setTaken(false)
          }}
          maxLength={100}
          isRequired
          autoFocus
          autoComplete="off"
          error={isTaken ? t('nameTaken') : isTried && isNameMissing ? t('nameNeeded') : undefined}
        />
        <RadioGroup
          label={t('roleLabel')}
          value={role}
          onChange={(next) => {
            if (next) setRole(next)
            setLastOwner(false)
          }}
          options={ROLES.map((id) => ({ id, label: t(`role.${id}`), description: t(`roleText.${id}`) }))}
          error={isLastOwner ? t('errors:LAST_OWNER') : undefined}
        />
        <ColourChoice label={t('color')} value={color} onChange={setColor} />
        {user ? null : (
          <PinField
            label={t('pin.optional')}
            description={t('pin.hint')}
            value={pin}
            onChange={setPin}
            error={isTried && isPinWrong ? t('pin.wrongLength') : undefined}
          />
        )}
      </form>
    </Dialog>
  )
}
