import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { troubleText } from '../backups/backups-model.ts'
import { StepProgress } from '../backups/StepProgress.tsx'
import type { useSteps } from '../backups/use-steps.ts'
import { FoundList } from './FoundList.tsx'
import { RestorePlace } from './RestorePlace.tsx'

const FIRST = 5

/** Instead of the questions: the copies there are, and where else one may lie. When it is done every window begins anew, in the book. */
export function RestoreStep(props: {
  work: ReturnType<typeof useSteps>
  onRestore: (file: string) => void
  onBack: () => void
}) {
  const { t } = useTranslation('setup')
  const language = useLanguage()
  const { work } = props
  const [isAll, setAll] = useState(false)
  const copies = useQuery(rpc.setup.copies.queryOptions({ input: {}, staleTime: 0, retry: false }))
  const found = copies.data ?? []
  const shown = isAll ? found.length : Math.min(FIRST, found.length)
  const box = useRef<HTMLElement>(null)
  // What was pressed is gone; the keyboard goes on here.
  useEffect(() => {
    if (work.isRunning) box.current?.focus()
    else box.current?.querySelector('button')?.focus()
  }, [work.isRunning])
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-labelledby="restore-title"
      className="flex flex-col gap-4 rounded-card border border-line bg-surface p-6 outline-none"
    >
      <div>
        <h1 id="restore-title" className="text-xl font-bold">
          {t('restore.title')}
        </h1>
        <p className="text-muted">{t(work.isRunning ? 'restore.running' : 'restore.lead')}</p>
      </div>
      {work.isRunning ? (
        <StepProgress step={work.step} onCancel={work.cancel} />
      ) : (
        <>
          {work.error ? (
            <ErrorState
              title={t('restore.failed')}
              kept={t('restore.failedKept')}
              advice={troubleText(t, work.error, '')}
            />
          ) : null}
          {found.length > 0 ? <FoundList copies={found} limit={shown} onRestore={props.onRestore} /> : null}
          <div role="status" className="empty:hidden">
            {copies.isFetching
              ? t('restore.looking')
              : copies.error
                ? troubleText(t, copies.error, '')
                : found.length === 0
                  ? t('restore.none')
                  : null}
          </div>
          <div className="flex flex-wrap gap-2">
            {shown < found.length ? (
              <Button size="sm" onPress={() => setAll(true)}>
                {t('backups:list.more', {
                  count: found.length - shown,
                  n: formatNumber(found.length - shown, language),
                })}
              </Button>
            ) : null}
            <Button
              size="sm"
              variant="ghost"
              icon={<RefreshCw />}
              onPress={() => void copies.refetch()}
              isDisabled={copies.isFetching}
            >
              {t('restore.again')}
            </Button>
          </div>
          <RestorePlace onRestore={props.onRestore} />
          <div className="border-t border-line pt-4">
            <Button onPress={props.onBack}>{t('restore.back')}</Button>
          </div>
        </>
      )}
    </section>
  )
}
