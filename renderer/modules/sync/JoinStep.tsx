import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useStatus } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { PlaceForm } from './PlaceForm.tsx'
import { StateNotes } from './StateNotes.tsx'
import type { SyncStatus } from './sync-model.ts'
import { useSyncStatus } from './use-sync-status.ts'

/** In the first run: this device becomes one of a business that has a book already. */
export function JoinStep({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('sync')
  const status = useSyncStatus()
  const isOn = status !== null && status.state !== 'off'
  return (
    <section
      aria-labelledby="join-title"
      className="flex flex-col gap-4 rounded-card border border-line bg-surface p-6"
    >
      <div>
        <h1 id="join-title" className="text-xl font-bold">
          {t(isOn ? 'join.coming' : 'join.title')}
        </h1>
        <p className="text-muted">{t(isOn ? 'join.comingLead' : 'join.lead')}</p>
      </div>
      {isOn ? (
        <Coming status={status} />
      ) : (
        <PlaceForm submit={t('join.submit')} call={api.sync.join} onCancel={onBack} cancel={t('join.back')} />
      )}
    </section>
  )
}

/** The first pull: how much is here, and the way in as soon as there is somebody to work as. */
function Coming({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('sync')
  const app = useApp()
  const system = useStatus().data
  // Until the user of this device has come, the owner would be taken for who works here.
  const isUsable = system?.set_up === true && system.user?.id === status.user_id
  const isDone = isUsable && status.done_at !== null && ['sent', 'waiting', 'clock'].includes(status.state)
  const most = useRef(0)
  most.current = Math.max(most.current, status.received)
  useEffect(() => {
    if (isDone) app.go('/today')
  }, [isDone, app])
  return (
    <>
      <Progress label={t('join.received')} done={most.current} />
      <div role="status" className="empty:hidden">
        {status.offline_since === null ? null : <p>{t('join.lost')}</p>}
        {status.offline_since === null && status.code !== null ? <StateNotes status={status} /> : null}
      </div>
      {isUsable ? (
        <Button variant="primary" className="self-start" onPress={() => app.go('/today')} autoFocus>
          {t('join.openEarly')}
        </Button>
      ) : null}
    </>
  )
}
