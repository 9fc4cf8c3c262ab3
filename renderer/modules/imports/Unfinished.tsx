import { CirclePause, FileClock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Progress } from '../../ui/Progress.tsx'
import type { Summary } from './import-model.ts'
import type { UndoImport } from './use-undo-import.ts'

type UnfinishedProps = {
  list: readonly Summary[]
  undo: UndoImport
  onFinish: (id: string) => void
  onResume: (summary: Summary) => void
  onDiscarded: (id: string) => void
}

/** Files that were read and still wait, and imports that a power cut or «cancel» stopped half-way: go on, take back, or leave. */
export function Unfinished({ list, ...on }: UnfinishedProps) {
  return list.map((each) => {
    if (each.state === 'staged') return <WaitingFile key={each.id} file={each} {...on} />
    const isHalf = each.state === 'interrupted' || each.state === 'cancelled' || each.state === 'undoing'
    return isHalf ? <HalfImport key={each.id} half={each} undo={on.undo} onFinish={on.onFinish} /> : null
  })
}

function WaitingFile({ file, onResume, onDiscarded }: { file: Summary } & Omit<UnfinishedProps, 'list'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const discard = useCommand(api.imports.discard, { onDone: () => onDiscarded(file.id) })
  return (
    <section
      aria-label={file.file_name}
      className="on-soft flex flex-wrap items-center gap-3 rounded-card border border-line bg-accent-soft p-4"
    >
      <FileClock className="size-5 shrink-0 text-accent" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-bold">
          {t('imports:waits')} <bdi>{file.file_name}</bdi>
        </p>
        <p className="text-muted">
          {t('imports:rows', { count: file.total, n: formatNumber(file.total, language) })}
          {' · '}
          {formatDateTime(file.created_at, Date.now(), language)}
        </p>
      </div>
      <Button variant="primary" size="sm" onPress={() => onResume(file)}>
        {t('imports:goOnWith')}
      </Button>
      <Button size="sm" onPress={() => void discard.run({ id: file.id })} isDisabled={discard.isRunning}>
        {t('imports:discard')}
      </Button>
    </section>
  )
}

function HalfImport({ half, undo, onFinish }: { half: Summary } & Pick<UnfinishedProps, 'undo' | 'onFinish'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const keep = useCommand(api.imports.discard)
  const n = (value: number) => formatNumber(value, language)
  // Begun here, in another window, or before this page was left: it goes on in the engine.
  if (undo.at === half.id || half.undo_runs)
    return (
      <section aria-label={half.file_name} className="rounded-card border border-line bg-surface p-4">
        <Progress label={t('imports:undoingOf', { name: `\u2068${half.file_name}\u2069` })} done={0} />
      </section>
    )
  const isUndoing = half.state === 'undoing'
  const title = isUndoing
    ? 'imports:wasUndoing'
    : half.state === 'interrupted'
      ? 'imports:interrupted'
      : 'imports:wasCancelled'
  return (
    <section
      aria-label={half.file_name}
      className="flex flex-wrap items-center gap-3 rounded-card border border-line bg-warn-soft p-4"
    >
      <CirclePause className="size-5 shrink-0 text-warn-ink" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-bold">
          {t(title)} <bdi>{half.file_name}</bdi>
        </p>
        <p>{t('imports:half', { done: n(half.done), total: n(half.total), added: n(half.added) })}</p>
      </div>
      {isUndoing ? null : (
        <Button variant="primary" size="sm" onPress={() => onFinish(half.id)}>
          {t('imports:finish')}
        </Button>
      )}
      <Button
        size="sm"
        variant={isUndoing ? 'primary' : 'outline'}
        onPress={() => void undo.run({ id: half.id })}
        isDisabled={undo.isRunning}
      >
        {t(isUndoing ? 'imports:finishUndo' : 'imports:takeBack')}
      </Button>
      {isUndoing ? null : (
        <Button size="sm" variant="ghost" onPress={() => void keep.run({ id: half.id })}>
          {t('imports:leave')}
        </Button>
      )}
    </section>
  )
}
