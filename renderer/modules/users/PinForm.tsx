import { LogIn } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { localDigits } from '../../../shared/domain/format.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { useLanguage } from '../../ui/locale.ts'
import { PinField } from './PinField.tsx'
import { useEnter } from './use-enter.ts'
import { type Person, useSecondsLeft } from './use-people.ts'

/** The PIN of one person; after too many wrong ones it counts down to the next try. */
export function PinForm({ person, onBack, backLabel }: { person: Person; onBack?: () => void; backLabel?: string }) {
  const { t } = useTranslation('users')
  const language = useLanguage()
  const [pin, setPin] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const enter = useEnter()
  const seconds = useSecondsLeft(enter.waitUntil ?? person.wait_until)
  const isWaiting = seconds > 0
  const clock = localDigits(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`, language)
  const go = async () => {
    if (enter.isRunning || isWaiting || pin === '') return
    if (await enter.run(person.id, pin)) return
    setPin('')
    field.current?.focus()
  }
  const keys = useFormKeys({ onSave: () => void go(), ...(onBack && { onCancel: onBack }) })
  return (
    <form {...keys} className="flex flex-col items-center gap-4">
      <Avatar id={person.id} name={person.name} color={person.color} size="lg" />
      <div className="flex max-w-full flex-col items-center">
        <h2 className="max-w-full truncate text-lg font-bold">{person.name}</h2>
        <p className="text-muted">{t(`role.${person.role}`)}</p>
      </div>
      <PinField
        key={person.id}
        ref={field}
        label={t('pin.one')}
        value={pin}
        onChange={(next) => {
          setPin(next)
          enter.forget()
        }}
        error={isWaiting ? undefined : (enter.error ?? undefined)}
        className="w-56"
        autoFocus
      />
      <p role="status" className="text-center text-bad-ink empty:hidden">
        {isWaiting ? t('pin.wait', { clock }) : null}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button
          type="submit"
          variant="primary"
          icon={<LogIn />}
          isDefault
          isDisabled={isWaiting || pin === '' || enter.isRunning}
        >
          {t('seat.enter')}
        </Button>
        {onBack ? (
          <Button onPress={onBack} kbd="Esc">
            {backLabel}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
