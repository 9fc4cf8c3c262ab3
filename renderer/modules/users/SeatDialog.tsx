import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { PeopleList } from './PeopleList.tsx'
import { PinForm } from './PinForm.tsx'
import { useEnter } from './use-enter.ts'
import { type Person, usePeople } from './use-people.ts'

/** F9: who works here now? A name, a PIN where there is one, and the whole screen is theirs. */
export function SeatDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('users')
  const app = useApp()
  const people = usePeople()
  const canAdd = useCan('users.write')
  const [chosen, setChosen] = useState<string | null>(null)
  const enter = useEnter()
  const person = people.find(({ id }) => id === chosen)
  const choose = (one: Person) => {
    if (one.here) onClose()
    else if (one.has_pin) setChosen(one.id)
    else void enter.run(one.id).then((isIn) => isIn && onClose())
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('seat.title')} size="sm">
      {person ? (
        <PinForm person={person} onBack={() => setChosen(null)} backLabel={t('seat.someoneElse')} />
      ) : people.length > 0 ? (
        <div className="flex flex-col gap-3">
          <PeopleList people={people} onChoose={choose} autoFocus />
          {enter.error ? <p className="text-bad-ink">{enter.error}</p> : null}
          {people.length === 1 ? <p className="text-muted">{t('seat.alone')}</p> : null}
          {canAdd && people.length === 1 ? (
            <div>
              <Button onPress={() => app.go('/settings/users')}>{t('add')}</Button>
            </div>
          ) : null}
        </div>
      ) : null}
    </Dialog>
  )
}
