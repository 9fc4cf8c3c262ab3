import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { errorText } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ImportResult } from './ImportResult.tsx'
import type { Summary } from './import-model.ts'
import type { useImportJob } from './use-import-job.ts'

/** The third and last step: real progress with cancel, then what came of it. */
export function Running(props: {
  job: ReturnType<typeof useImportJob>
  summary: Summary | undefined
  onDone: () => void
}) {
  const { job, summary, onDone } = props
  const { t } = useTranslation()
  if (job.error)
    return (
      <ErrorState
        title={t('imports:stopped')}
        kept={t('imports:stoppedKept')}
        advice={errorText(t, job.error)}
        actions={
          <Button size="sm" onPress={onDone}>
            {t('imports:back')}
          </Button>
        }
      />
    )
  const { progress } = job
  if (job.isRunning || !progress)
    return (
      <section aria-label={t('imports:running')} className="rounded-card border border-line bg-surface p-6">
        {summary ? (
          <p className="mb-3 truncate font-bold">
            <bdi>{summary.file_name}</bdi>
          </p>
        ) : null}
        <Progress
          label={t('imports:running')}
          done={progress?.done ?? 0}
          total={progress?.total ?? summary?.total}
          rate={progress?.rate}
          secondsLeft={progress?.left ?? undefined}
          onCancel={() => void api.imports.cancel({ id: job.id ?? '' }).catch(() => {})}
        />
        <p className="mt-3 text-muted">{t('imports:goOn')}</p>
      </section>
    )
  return <ImportResult id={job.id ?? ''} progress={progress} onDone={onDone} />
}
