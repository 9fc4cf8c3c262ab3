import { CircleHelp } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../../shared/domain/format.ts'
import { ConnectionBanner } from '../../app/ConnectionBanner.tsx'
import { Logo } from '../../app/Logo.tsx'
import { useToday } from '../../app/today.ts'
import { useLanguage } from '../../ui/locale.ts'
import { PeopleList } from './PeopleList.tsx'
import { PinForm } from './PinForm.tsx'
import { useEnter } from './use-enter.ts'
import { type Person, usePeople } from './use-people.ts'

/** The whole window while this PC is locked: nothing of the book, only who may go on. */
export function LockScreen() {
  const { t } = useTranslation('users')
  const language = useLanguage()
  const today = useToday()
  const people = usePeople()
  const enter = useEnter()
  // undefined: whoever was here; null: the list of all.
  const [chosen, setChosen] = useState<string | null | undefined>(undefined)
  const person = people.find((one) => (chosen === undefined ? one.here && one.has_pin : one.id === chosen))
  useEffect(() => {
    document.title = t('common:appName')
  }, [t])
  const choose = (one: Person) => {
    if (one.has_pin) setChosen(one.id)
    else void enter.run(one.id)
  }
  return (
    <div className="relative flex h-dvh flex-col overflow-y-auto bg-bg text-text">
      <ConnectionBanner />
      <main className="grid flex-1 place-items-center p-6">
        <div className="flex w-full max-w-sm flex-col gap-5">
          <div className="flex items-center justify-center gap-2.5">
            <Logo />
            <span className="text-base font-bold">{t('common:appName')}</span>
            <time dateTime={today} className="text-muted">
              {formatDay(today, language, 'long')}
            </time>
          </div>
          <section
            aria-label={t('lock.title')}
            className="flex flex-col gap-4 rounded-card border border-line bg-surface p-6"
          >
            <h1 className={person ? 'sr-only' : 'text-center text-lg font-bold'}>
              {person ? t('lock.title') : t('seat.title')}
            </h1>
            {person ? (
              <PinForm
                person={person}
                {...(people.length > 1 && { onBack: () => setChosen(null), backLabel: t('seat.someoneElse') })}
              />
            ) : people.length > 0 ? (
              <PeopleList people={people} onChoose={choose} autoFocus />
            ) : null}
            {enter.error ? <p className="text-center text-bad-ink">{enter.error}</p> : null}
          </section>
          {person ? <Forgotten person={person} /> : null}
        </div>
      </main>
    </div>
  )
}

/** What to do without the PIN, in plain words; and what a PIN is not. */
function Forgotten({ person }: { person: Person }) {
  const { t } = useTranslation('users')
  return (
    <details className="text-xs text-muted">
      <summary className="flex cursor-pointer items-center justify-center gap-1.5 rounded-md outline-none focus-visible:focus-ring">
        <CircleHelp className="size-4" aria-hidden="true" />
        {t('lock.forgot')}
      </summary>
      <div className="mt-3 flex flex-col gap-2">
        <p>{t(person.role === 'owner' ? 'lock.forgotOwner' : 'lock.forgotSeller')}</p>
        {person.role === 'owner' ? (
          <p className="rounded-lg bg-surface-2 px-3 py-2" dir="ltr">
            <code className="break-all select-all">{`npm run daftar -- pin --clear "${person.name}"`}</code>
          </p>
        ) : null}
        <p>{t('pin.explains')}</p>
      </div>
    </details>
  )
}
