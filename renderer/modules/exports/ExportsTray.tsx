import { CircleCheck, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { errorText } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { FileName } from '../../ui/FileName.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Progress } from '../../ui/Progress.tsx'
import { ExportsContext } from './exports-context.ts'
import { type ExportJob, useExportJobs } from './use-export-jobs.ts'

/** A finished export leaves after this long, unless it warns or somebody looks at it. */
const LEAVES_MS = 10_000

/** Exports of the pages inside: each in a card at the foot, where it goes on while the person does something else. */
export function ExportsTray({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { jobs, start, close } = useExportJobs()
  return (
    <ExportsContext value={(request) => void start(request)}>
      {children}
      {jobs.length > 0 ? (
        <section
          aria-label={t('exports:title')}
          className="fixed end-4 bottom-4 z-30 flex w-104 max-w-[92vw] flex-col gap-2 in-[body:has([data-foot-bar])]:bottom-20"
        >
          {jobs.map((job) => (
            <JobCard
              key={job.key}
              job={job}
              onClose={() => close(job.key)}
              onAgain={() => {
                close(job.key)
                void start(job.request)
              }}
            />
          ))}
        </section>
      ) : null}
    </ExportsContext>
  )
}

function JobCard({ job, onClose, onAgain }: { job: ExportJob; onClose: () => void; onAgain: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="rounded-card border border-line bg-surface p-3.5 text-text shadow-overlay">
      {job.done ? (
        <Done job={job} done={job.done} onClose={onClose} />
      ) : job.error ? (
        <div role="alert" className="flex flex-col gap-1.5">
          <p className="font-bold">{t('exports:failed')}</p>
          <p>{errorText(t, job.error)}</p>
          <p className="text-muted">{t('exports:failedKept')}</p>
          <div className="mt-1 flex gap-2">
            <Button size="sm" onPress={onAgain}>
              {t('exports:again')}
            </Button>
            <Button size="sm" variant="ghost" onPress={onClose}>
              {t('exports:close')}
            </Button>
          </div>
        </div>
      ) : (
        <Running job={job} onCancel={onClose} />
      )}
    </div>
  )
}

function Running({ job: { step }, onCancel }: { job: ExportJob; onCancel: () => void }) {
  const { t } = useTranslation()
  if (step?.stage === 'fetching') {
    const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20)
    return (
      <Progress
        label={t('exports:saving')}
        done={megabytes(step.done)}
        total={megabytes(step.total)}
        onCancel={onCancel}
      />
    )
  }
  const progress = step?.progress
  return (
    <Progress
      label={t('exports:running')}
      done={progress?.done ?? 0}
      total={progress?.total || undefined}
      rate={progress?.rate}
      secondsLeft={progress?.left ?? undefined}
      onCancel={onCancel}
    />
  )
}

function Done({ job, done, onClose }: { job: ExportJob; done: NonNullable<ExportJob['done']>; onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const n = formatNumber(done.cut, language)
  const [isHeld, setHeld] = useState(false)
  const stays = isHeld || done.cut > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: onClose is another function each time and does the same
  useEffect(() => {
    if (stays) return
    const timer = setTimeout(onClose, LEAVES_MS)
    return () => clearTimeout(timer)
  }, [stays])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only waits while the pointer or the focus is inside
    <div
      className="flex items-start gap-2.5"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <CircleCheck className="mt-0.5 size-4.5 shrink-0 text-ok" aria-hidden="true" />
      <div role="status" className="min-w-0 flex-1">
        <p>{t('exports:done')}</p>
        {done.names.map((name) => (
          <p key={name} className="truncate font-semibold">
            <FileName name={name} />
          </p>
        ))}
        {done.cut > 0 ? (
          <p className="mt-1 text-warn">
            {job.request.what === 'everything'
              ? t('exports:cutJson', { count: done.cut, n })
              : t('exports:cut', { count: done.cut, n })}
          </p>
        ) : null}
      </div>
      <IconButton size="sm" label={t('exports:close')} icon={<X />} onPress={onClose} />
    </div>
  )
}
