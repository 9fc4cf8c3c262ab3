import { useQuery } from '@tanstack/react-query'
import { ArchiveRestore, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { troubleText } from './backups-model.ts'
import { InsideFacts } from './InsideFacts.tsx'
import { StepProgress } from './StepProgress.tsx'
import { useSteps } from './use-steps.ts'

/** What a copy holds next to the book of now, before anything is done; the restore is the button below it. The window begins anew when it is done. */
export function InsideDialog({ file, onClose }: { file: string; onClose: () => void }) {
  const { t } = useTranslation('backups')
  const isOwner = useCan('owner.only')
  const inside = useQuery(rpc.backups.inspect.queryOptions({ input: { file }, staleTime: 0, retry: false }))
  const work = useSteps()
  const [doing, setDoing] = useState<'verify' | 'restore' | null>(null)
  const [isSound, setSound] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const isRestoring = work.isRunning && doing === 'restore'
  const close = () => {
    if (isRestoring) return
    work.cancel()
    onClose()
  }
  const start = async (what: 'verify' | 'restore') => {
    setDoing(what)
    setSound(false)
    const end = await work.follow((signal) => api.backups[what]({ file }, { signal }))
    if (end && what === 'verify') setSound(true)
  }
  const canStart = inside.data && inside.data.copy.state !== 'newer' && !work.isRunning
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('inside.title')}
      footer={
        canStart ? (
          <>
            {isOwner ? (
              <Button variant="primary" icon={<ArchiveRestore />} onPress={() => setAsking(true)}>
                {t('inside.restore')}
              </Button>
            ) : null}
            <Button icon={<ShieldCheck />} onPress={() => void start('verify')}>
              {t('inside.verify')}
            </Button>
          </>
        ) : null
      }
    >
      {/* Its height while it is read, so that nothing jumps. */}
      {inside.isPending ? <div aria-busy="true" className="h-72" /> : null}
      {inside.error ? <p className="text-bad">{troubleText(t, inside.error, '')}</p> : null}
      {inside.data ? <InsideFacts inside={inside.data} /> : null}
      <div role="status" className="mt-3 flex flex-col gap-2 empty:hidden">
        {work.isRunning ? <StepProgress step={work.step} onCancel={work.cancel} /> : null}
        {isRestoring ? <p className="text-muted">{t('inside.restoring')}</p> : null}
        {isSound ? <p className="font-semibold text-ok">{t('inside.verified')}</p> : null}
      </div>
      {work.error && doing === 'restore' ? (
        <ErrorState title={t('inside.failed')} kept={t('inside.failedKept')} advice={troubleText(t, work.error, '')} />
      ) : null}
      {work.error && doing === 'verify' ? (
        <p role="alert" className="text-bad">
          {troubleText(t, work.error, '')}
        </p>
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        title={t('inside.ask')}
        confirmLabel={t('inside.restore')}
        onConfirm={() => void start('restore')}
        onClose={() => setAsking(false)}
        tone="primary"
      >
        {t('inside.note')}
      </ConfirmDialog>
    </Dialog>
  )
}
