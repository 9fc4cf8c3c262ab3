import { CircleCheck, CirclePause, Undo2, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Stat } from '../../ui/Stat.tsx'
import type { ImportProgressItem, Staged } from './import-model.ts'
import { ProblemList } from './ProblemList.tsx'
import { Repair } from './Repair.tsx'
import { useUndoImport } from './use-undo-import.ts'

/** What came in, whole or with something to look at, what was there already, what could not; the loop to mend it; and the way back. */
export function ImportResult(props: {
  id: string
  fileName: string
  progress: ImportProgressItem
  onDone: () => void
  /** Takes up what was stopped. */
  onFinish: () => void
  onStaged: (staged: Staged) => void
}) {
  const { id, progress, onDone } = props
  const { t } = useTranslation()
  const app = useApp()
  const language = useLanguage()
  const undo = useUndoImport(onDone)
  const n = (value: number) => formatNumber(value, language)
  const isWhole = progress.state === 'done'
  const changed = progress.filled + progress.updated
  const came = progress.added + changed
  return (
    <section aria-label={t('imports:result')} className="flex flex-col gap-4 pb-4">
      <div role="status" className="flex items-center gap-2.5 text-base font-bold">
        {isWhole ? (
          <CircleCheck className="size-5 text-ok" aria-hidden="true" />
        ) : (
          <CirclePause className="size-5 text-warn" aria-hidden="true" />
        )}
        {isWhole
          ? t('imports:done', { count: progress.added, n: n(progress.added) })
          : t('imports:cancelled', { done: n(progress.done), total: n(progress.total) })}
      </div>
      <div className="grid grid-cols-5 gap-3 max-lg:grid-cols-3">
        <Stat label={t('imports:added')} value={n(progress.added)} />
        <Stat label={t('imports:changed')} value={n(changed)} />
        <Stat label={t('imports:skipped')} value={n(progress.skipped)} />
        <Stat label={t('imports:warned')} value={n(progress.warned)} />
        <Stat label={t('imports:failed')} value={n(progress.failed)} />
      </div>
      <div className="flex flex-wrap gap-2">
        {isWhole ? null : (
          <Button variant="primary" onPress={props.onFinish} autoFocus>
            {t('imports:finish')}
          </Button>
        )}
        <Button
          variant={isWhole ? 'primary' : 'outline'}
          icon={<Users />}
          onPress={() => app.go('/customers?s=-created')}
          autoFocus={isWhole}
        >
          {t('imports:toList')}
        </Button>
        {came > 0 ? (
          <Button icon={<Undo2 />} onPress={() => void undo.run({ id })} isDisabled={undo.isRunning}>
            {undo.isRunning ? t('imports:undoing') : t('imports:undo')}
          </Button>
        ) : null}
        <Button onPress={onDone}>{isWhole ? t('imports:another') : t('imports:back')}</Button>
      </div>
      {progress.failed > 0 ? (
        <Repair id={id} fileName={props.fileName} failed={progress.failed} onStaged={props.onStaged} />
      ) : null}
      <ProblemList id={id} fileName={props.fileName} warned={progress.warned} />
    </section>
  )
}
