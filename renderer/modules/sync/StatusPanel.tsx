import { ListChecks, RefreshCw, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { ShareNote } from './ShareNote.tsx'
import { StateFacts } from './StateFacts.tsx'
import { StateIcon } from './StateIcon.tsx'
import { StateNotes } from './StateNotes.tsx'
import { isCutOff, type SyncStatus, stateText, toChoose } from './sync-model.ts'

/** What the chip opens: how things stand, the last contact, and a push that does not wait. */
export function StatusPanel({ status, onLeave }: { status: SyncStatus; onLeave: () => void }) {
  const { t } = useTranslation('sync')
  const app = useApp()
  const language = useLanguage()
  const now = useCommand(api.sync.now)
  const go = (path: string) => {
    onLeave()
    app.go(path)
  }
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="flex items-center gap-2 font-bold">
        <StateIcon status={status} className="size-4.5" />
        {stateText(t, status, language)}
      </p>
      <StateNotes status={status} />
      <StateFacts status={status} />
      {status.partial ? (
        <p className="text-[0.8125rem] text-muted">
          <ShareNote status={status} />
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2 border-t border-line pt-3">
        {isCutOff(status) ? null : (
          <Button size="sm" variant="primary" icon={<RefreshCw />} onPress={() => void now.run(undefined)}>
            {t('panel.now')}
          </Button>
        )}
        {toChoose(status) > 0 ? (
          <Button size="sm" icon={<ListChecks />} onPress={() => go('/sync')}>
            {t('panel.look')}
          </Button>
        ) : null}
        <Button size="sm" variant="ghost" icon={<Settings />} onPress={() => go('/settings/sync')}>
          {t('panel.settings')}
        </Button>
      </div>
    </div>
  )
}
