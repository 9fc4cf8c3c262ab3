import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorCode, errorText } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { isPin, PinField } from './PinField.tsx'
import type { User } from './use-colleagues.ts'

/** A new PIN, typed twice because it shows as dots; of one's own after the one there is. `isClearing`: only the one there is, to take it away. */
export function PinDialog(props: { user: User; isOwn: boolean; isClearing?: boolean; onClose: () => void }) {
  const { user, isOwn, isClearing = false, onClose } = props
  const { t } = useTranslation('users')
  const [current, setCurrent] = useState('')
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [isTried, setTried] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const asksCurrent = isOwn && user.has_pin
  const set = useCommand(api.users.setPin, {
    message: () => t(isClearing ? 'pin.ownCleared' : 'pin.saved'),
    onDone: onClose,
    onError: (error) => {
      const isHere = ['WRONG_PIN', 'PIN_WAIT'].includes(errorCode(error))
      if (isHere) setRefused(errorText(t, error))
      return isHere
    },
  })
  const isShort = !isClearing && !isPin(pin)
  const isOther = !isClearing && pin !== again
  const save = () => {
    setTried(true)
    if (isShort || isOther || set.isRunning || (asksCurrent && current === '')) return
    void set.run({ id: user.id, pin: isClearing ? null : pin, ...(asksCurrent && { current }) })
  }
  const keys = useFormKeys({ onSave: save, onCancel: onClose })
  return (
    <Dialog
      isOpen
      isSaving={set.isRunning}
      size="sm"
      onClose={onClose}
      title={isOwn ? t(isClearing ? 'pin.clear' : 'pin.own') : t('pin.of', { name: user.name })}
      footer={
        <>
          <Button variant="primary" kbd="F2" onPress={save} isDisabled={set.isRunning}>
            {isClearing ? t('pin.clear') : t('common:save')}
          </Button>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
        </>
      }
    >
      <form {...keys} className="flex flex-col gap-4">
        {asksCurrent ? (
          <PinField
            label={t('pin.current')}
            value={current}
            onChange={(next) => {
              setCurrent(next)
              setRefused(null)
            }}
            error={refused ?? (isTried && current === '' ? t('pin.currentNeeded') : undefined)}
            autoFocus
          />
        ) : null}
        {isClearing ? null : (
          <>
            <PinField
              label={t('pin.new')}
              description={t('pin.hint')}
              value={pin}
              onChange={setPin}
              error={isTried && isShort ? t('pin.wrongLength') : undefined}
              autoFocus={!asksCurrent}
            />
            <PinField
              label={t('pin.again')}
              value={again}
              onChange={setAgain}
              error={isTried && !isShort && isOther ? t('pin.differ') : undefined}
            />
          </>
        )}
        <p className="text-xs text-muted">{t('pin.explains')}</p>
      </form>
    </Dialog>
  )
}
