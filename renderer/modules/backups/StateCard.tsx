import { CircleCheck, DatabaseBackup, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { useToast } from '../../ui/Toast.tsx'
import { lastPart, type Status, troubleText, whenText } from './backups-model.ts'
import { MassWarning } from './MassWarning.tsx'
import { StepProgress } from './StepProgress.tsx'
import { useSteps } from './use-steps.ts'

/** How old the newest good copy is, what needs somebody, and the button that makes one now. */
export function StateCard({ status }: { status: Status }) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const toast = useToast()
  const can = useCan('backups.run')
  const work = useSteps()
  const n = (value: number) => formatNumber(value, language)
  const isStale = status.attention.includes('stale')
  const run = async () => {
    const end = await work.follow((signal) => api.backups.run({}, { signal }))
    if (!end) return
    if (end.files.length > 0)
      toast({ message: t('made', { count: end.files.length, n: n(end.files.length) }), tone: 'ok' })
    for (const { folder, trouble } of end.failed) {
      const reason = t(`folderTrouble.${trouble}`)
      toast({ message: t('madePartly', { folder: lastPart(folder), reason }), tone: 'warn' })
    }
  }
  const { restored } = status
  const at = restored && whenText(restored.at, language)
  return (
    <Card title={t('title')}>
      <p className="mb-4 text-muted">{t('lead')}</p>
      {status.mass ? (
        <div className="mb-4">
          <MassWarning mass={status.mass} />
        </div>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <span
          aria-hidden="true"
          className={
            isStale
              ? 'grid size-10 shrink-0 place-items-center rounded-card bg-warn-soft text-warn-ink'
              : status.newest === null
                ? 'grid size-10 shrink-0 place-items-center rounded-card bg-surface-2 text-muted'
                : 'grid size-10 shrink-0 place-items-center rounded-card bg-ok-soft text-ok-ink'
          }
        >
          {isStale ? (
            <TriangleAlert className="size-5" />
          ) : status.newest === null ? (
            <DatabaseBackup className="size-5" />
          ) : (
            <CircleCheck className="size-5" />
          )}
        </span>
        <div className="min-w-0 flex-1">
          {status.newest === null ? (
            <p className="font-semibold">{t('none')}</p>
          ) : (
            <>
              <p>
                <span className="text-muted">{t('newest')}: </span>
                <span className="font-semibold">{whenText(status.newest, language)}</span>
              </p>
              <p className="text-xs text-muted">
                {status.changes === 0
                  ? t('upToDate')
                  : t('changesAfter', { count: status.changes, n: n(status.changes) })}
              </p>
            </>
          )}
        </div>
        {can && !work.isRunning ? (
          <Button variant="primary" icon={<DatabaseBackup />} isDisabled={status.running} onPress={() => void run()}>
            {t('run')}
          </Button>
        ) : null}
      </div>
      <div role="status" className="mt-3 flex flex-col gap-2 empty:hidden">
        {work.isRunning ? <StepProgress step={work.step} onCancel={work.cancel} /> : null}
        {work.error ? <p className="text-bad">{troubleText(t, work.error, '')}</p> : null}
        {isStale ? (
          <p className="text-warn-ink">{t(status.newest === null ? 'attention.staleNone' : 'attention.stale')}</p>
        ) : null}
        {status.attention.includes('folder') ? <p className="text-warn-ink">{t('attention.folder')}</p> : null}
      </div>
      {restored ? (
        <p className="mt-3 border-t border-line pt-3 text-xs text-muted">
          {restored.from === null
            ? t('restoredFromUnknown', { at })
            : t('restoredFrom', { at, from: whenText(restored.from, language) })}
        </p>
      ) : null}
    </Card>
  )
}
