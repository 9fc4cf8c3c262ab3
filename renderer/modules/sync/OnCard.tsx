import { Link } from '@tanstack/react-router'
import { KeyRound, ListChecks, RefreshCw, Server, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { OpenSealed } from './OpenSealed.tsx'
import { ShareNote } from './ShareNote.tsx'
import { StateFacts } from './StateFacts.tsx'
import { StateIcon } from './StateIcon.tsx'
import { StateNotes } from './StateNotes.tsx'
import { isCutOff, type SyncStatus, stateText, toChoose } from './sync-model.ts'

/** How sync stands, where the server and this device's key are, and the way to turn it off. */
export function OnCard({ status, isOwner }: { status: SyncStatus; isOwner: boolean }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const app = useApp()
  const [isAsking, setAsking] = useState(false)
  const now = useCommand(api.sync.now)
  const off = useCommand(api.sync.turnOff, { message: () => t('on.turnedOff') })
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-3">
          <p role="status" className="flex min-w-0 flex-1 items-center gap-2 text-base font-bold">
            <StateIcon status={status} className="size-5" />
            {stateText(t, status, language)}
          </p>
          {toChoose(status) > 0 ? (
            <Link to="/sync" className="flex items-center gap-1.5 font-semibold text-accent hover:underline">
              <ListChecks className="size-4" aria-hidden="true" />
              {t('panel.look')}
            </Link>
          ) : null}
          {isCutOff(status) ? null : (
            <Button variant="primary" icon={<RefreshCw />} onPress={() => void now.run(undefined)}>
              {t('panel.now')}
            </Button>
          )}
        </div>
        <StateNotes status={status} />
        <StateFacts status={status} />
        <dl className="flex flex-col gap-2 border-t border-line pt-3">
          {status.partial ? (
            <div className="flex items-start gap-2.5">
              <Users className="mt-1 size-4 shrink-0 text-muted" aria-hidden="true" />
              <div className="min-w-0">
                <dt className="text-xs text-muted">{t('share.here')}</dt>
                <dd>
                  <ShareNote status={status} /> {t('share.leaves')}
                </dd>
              </div>
            </div>
          ) : null}
          <div className="flex items-start gap-2.5">
            <Server className="mt-1 size-4 shrink-0 text-muted" aria-hidden="true" />
            <div className="min-w-0">
              <dt className="text-xs text-muted">{t('on.server')}</dt>
              <dd className="truncate text-start" dir="ltr">
                {status.address}
              </dd>
            </div>
          </div>
          {status.code === 'no_keys' ? null : (
            <div className="flex items-start gap-2.5">
              <KeyRound className="mt-1 size-4 shrink-0 text-muted" aria-hidden="true" />
              <div className="min-w-0">
                <dt className="text-xs text-muted">{t('on.keys')}</dt>
                <dd>{t(`on.keysIn.${status.keys}`)}</dd>
              </div>
            </div>
          )}
        </dl>
        {isOwner ? (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" onPress={() => setAsking(true)}>
              {t('on.off')}
            </Button>
            <OpenSealed onOpened={() => app.go('/sync')} />
          </div>
        ) : (
          <p className="text-muted">{t('on.ownerOnly')}</p>
        )}
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('on.offTitle')}
        confirmLabel={t('on.off')}
        onConfirm={() => void off.run(undefined)}
        onClose={() => setAsking(false)}
      >
        {t('on.offText')}
      </ConfirmDialog>
    </Card>
  )
}
