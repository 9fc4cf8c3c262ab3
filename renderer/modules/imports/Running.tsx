import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { errorText } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Progress } from '../../ui/Progress.tsx'
import { ImportResult } from './ImportResult.tsx'
import type { ImportProgressItem, Staged, Summary } from './import-model.ts'
import type { useImportJob } from './use-import-job.ts'

/** The last two steps: real progress with cancel, then what came of it. */
export function Running(props: {
  job: ReturnType<typeof useImportJob>
  summary: Summary | undefined
  onDone: () => void
  onStaged: (staged: Staged) => void
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
          <Button size="sm" onPress={onDone} autoFocus>
            {t('imports:back')}
          </Button>
        }
      />
    )
  const { progress } = job
  if (job.isRunning || !progress)
    return <UnderWay id={job.id ?? ''} progress={progress} fileName={summary?.file_name} total={summary?.total} />
  return (
    <ImportResult
      id={job.id ?? ''}
      fileName={summary?.file_name ?? ''}
      progress={progress}
      onDone={onDone}
      onFinish={() => void job.follow({ id: job.id ?? '' })}
      onStaged={props.onStaged}
    />
  )
}

function UnderWay(props: {
  id: string
  progress: ImportProgressItem | null
  fileName: string | undefined
  total: number | undefined
}) {
  const { id, progress, fileName } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const section = useRef<HTMLElement>(null)
  // Not the cancel button: Enter by habit must not stop what has just begun.
  useEffect(() => section.current?.focus(), [])
  const counts = (['added', 'filled', 'updated', 'skipped', 'failed'] as const)
    .filter((key) => (progress?.[key] ?? 0) > 0)
    .map((key) => t(`imports:counted.${key}`, { n: formatNumber(progress?.[key] ?? 0, language) }))
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={t('imports:running')}
      className="flex flex-col gap-3 rounded-card border border-line bg-surface p-6 outline-none"
    >
      {fileName ? (
        <p className="truncate font-bold">
          <bdi>{fileName}</bdi>
        </p>
      ) : null}
      <Progress
        label={t('imports:running')}
        done={progress?.done ?? 0}
        total={progress?.total ?? props.total}
        rate={progress?.rate}
        secondsLeft={progress?.left ?? undefined}
        onCancel={() => void api.imports.cancel({ id }).catch(() => {})}
      />
      <p className="min-h-6 text-[0.8125rem] text-muted">{counts.join(' · ')}</p>
      <p className="text-muted">{t('imports:goOn')}</p>
    </section>
  )
}
