import { CircleCheck, CirclePause, Undo2, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useApp } from '../../app/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Stat } from '../../ui/Stat.tsx'
import type { ImportProgressItem } from './import-model.ts'
import { ProblemList } from './ProblemList.tsx'
import { useUndoImport } from './use-undo-import.ts'

/** What came in, whole or with something to look at, what was there already, what could not; and the way back. */
export function ImportResult(props: { id: string; progress: ImportProgressItem; onDone: () => void }) {
  const { id, progress, onDone } = props
  const { t } = useTranslation()
  const app = useApp()
  const language = useLanguage()
  const undo = useUndoImport(onDone)
  const n = (value: number) => formatNumber(value, language)
  const isWhole = progress.state === 'done'
  const skipped = progress.done - progress.added - progress.failed
  return (
    <section aria-label={t('imports:result')} className="flex flex-col gap-4">
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
      <div className="grid grid-cols-4 gap-3">
        <Stat label={t('imports:added')} value={n(progress.added - progress.warned)} />
        <Stat label={t('imports:warned')} value={n(progress.warned)} />
        <Stat label={t('imports:skipped')} value={n(skipped)} />
        <Stat label={t('imports:failed')} value={n(progress.failed)} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" icon={<Users />} onPress={() => app.go('/customers')} autoFocus>
          {t('imports:toList')}
        </Button>
        {progress.added > 0 ? (
          <Button icon={<Undo2 />} onPress={() => void undo.run({ id })} isDisabled={undo.isRunning}>
            {undo.isRunning ? t('imports:undoing') : t('imports:undo')}
          </Button>
        ) : null}
        <Button onPress={onDone}>{isWhole ? t('imports:another') : t('imports:back')}</Button>
      </div>
      <ProblemList id={id} />
    </section>
  )
}
