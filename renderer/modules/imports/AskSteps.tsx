import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, ArrowRight, FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { isSaveKey } from '../../ui/form-keys.ts'
import { useLanguage } from '../../ui/locale.ts'
import { CheckStep } from './CheckStep.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import { ASKING, type Asking, atStep, canIdentify, type Waiting } from './import-model.ts'
import { ReadingStep } from './ReadingStep.tsx'

/** The steps between the file and its coming in: one page with the file's name above and the way on and back below. */
export function AskSteps(props: {
  waiting: Waiting
  onChange: (waiting: Waiting) => void
  onGo: (step: 'file' | Asking) => void
  onStart: () => void
  onDiscard: () => void
}) {
  const { waiting, onChange } = props
  const { staged, mapping, step } = waiting
  const { t } = useTranslation()
  const language = useLanguage()
  const [coming, setComing] = useState<number | null>(null)
  // The first rows at once, for the table of the reading and the samples of the columns.
  const first = { id: staged.id, mapping: staged.mapping, count: false, limit: 50 }
  const top = useQuery({
    ...rpc.imports.preview.queryOptions({ input: first, gcTime: 0 }),
    // Read in another way, the same file has other rows.
    queryKey: [...rpc.imports.preview.key(), first, waiting.options],
  })
  const n = (value: number) => formatNumber(value, language)
  const at = ASKING.indexOf(step)
  const canGo = step === 'check' ? coming !== 0 : step !== 'columns' || canIdentify(mapping)
  const next = () => {
    // What would come in is not known yet: the button keeps the focus and waits.
    if (!canGo || (step === 'check' && coming === null)) return
    const to = ASKING[at + 1]
    if (to) onChange(atStep(waiting, to))
    else props.onStart()
  }
  const Forward = language === 'fa' ? ArrowLeft : ArrowRight
  return (
    <section
      aria-label={t(`imports:step.${step}`)}
      className="flex min-h-0 flex-1 flex-col gap-3"
      // On the way down: a chip or a choice keeps every Enter for itself.
      onKeyDownCapture={(event) => {
        if (!isSaveKey(event) || event.repeat || (event.target as Element).closest('[role=listbox]')) return
        event.preventDefault()
        event.stopPropagation()
        next()
      }}
    >
      <p className="flex items-center gap-2">
        <FileText className="size-4.5 shrink-0 text-muted" aria-hidden="true" />
        <bdi className="min-w-0 truncate font-bold">{staged.file_name}</bdi>
        <span className="shrink-0 text-muted">{t('imports:rows', { count: staged.total, n: n(staged.total) })}</span>
      </p>
      {step === 'reading' ? (
        <ReadingStep waiting={waiting} rows={top.data?.rows} onChange={onChange} />
      ) : step === 'columns' ? (
        <ColumnsStep waiting={waiting} rows={top.data?.rows ?? []} onChange={onChange} />
      ) : (
        <CheckStep waiting={waiting} onChange={onChange} onComing={setComing} />
      )}
      <footer className="flex flex-wrap items-center gap-2 rounded-card border border-line bg-surface p-3">
        <Button
          // A new button for each step, so that it takes the focus: Enter after Enter goes through.
          key={step}
          variant="primary"
          onPress={next}
          isDisabled={!canGo}
          isDefault
          autoFocus
          kbd="Ctrl Enter"
          icon={step === 'check' ? undefined : <Forward />}
        >
          {step !== 'check'
            ? t('imports:next')
            : coming
              ? t('imports:start', { count: coming, n: n(coming) })
              : t('imports:startAny')}
        </Button>
        <Button key={`before ${step}`} onPress={() => props.onGo(ASKING[at - 1] ?? 'file')}>
          {t('imports:previous')}
        </Button>
        <Button variant="ghost" className="ms-auto" onPress={props.onDiscard}>
          {t('imports:otherFile')}
        </Button>
      </footer>
    </section>
  )
}
