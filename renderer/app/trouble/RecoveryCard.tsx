import { BookOpen, ScanSearch } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecoveredBook, RecoveryProgress, RecoveryWay } from '../../../shared/contract/recovery.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { RecoveredReport } from './RecoveredReport.tsx'

export type RecoveryCardProps = {
  way: RecoveryWay
  title: string
  lead: string
  /** Where the copy is. */
  file?: string | undefined
  isPossible: boolean
  isSuggested: boolean
  /** Made ready and waiting to be chosen. */
  book: RecoveredBook | null
  /** Of this way, while it runs. */
  progress: RecoveryProgress | null
  secondsLeft: number | undefined
  /** One of the two ways runs, or is being opened. */
  isBusy: boolean
  onPrepare: () => void
  onCancel: () => void
  onUse: () => void
}

/** One way out: what it does, how far it is, and then what it would bring, with the button that decides. */
export function RecoveryCard(props: RecoveryCardProps) {
  const { t } = useTranslation('recovery')
  const { book, progress, isBusy } = props
  const use = useRef<HTMLButtonElement>(null)
  const card = useRef<HTMLDivElement>(null)
  const wasRunning = useRef(false)
  // The button that was pressed goes away; the keyboard goes on where the cancelling is, then where the result is.
  useEffect(() => {
    const isRunning = progress !== null
    if (isRunning !== wasRunning.current) ((!isRunning && use.current) || card.current)?.focus()
    wasRunning.current = isRunning
  }, [progress])
  return (
    <div ref={card} tabIndex={-1} className="outline-none">
      <Card
        title={props.title}
        actions={props.isSuggested ? <Badge tone="accent">{t('suggested')}</Badge> : null}
        className="flex flex-col gap-3"
      >
        <p className="text-muted">{props.lead}</p>
        {props.file ? (
          <bdi dir="ltr" className="font-mono text-xs break-all text-muted select-all">
            {props.file}
          </bdi>
        ) : null}
        {progress ? (
          <Progress
            label={t(`phase.${progress.phase}`)}
            done={progress.done}
            total={progress.total || undefined}
            secondsLeft={progress.total > 0 ? props.secondsLeft : undefined}
            onCancel={props.onCancel}
          />
        ) : null}
        {book && !progress ? <RecoveredReport book={book} /> : null}
        {props.isPossible && !progress ? (
          <div className="flex flex-wrap gap-2">
            {book && !book.salvage?.nothing ? (
              <Button
                ref={use}
                variant={props.isSuggested ? 'primary' : 'outline'}
                icon={<BookOpen />}
                onPress={props.onUse}
                isDisabled={isBusy}
              >
                {t('use')}
              </Button>
            ) : null}
            <Button
              variant={!book && props.isSuggested ? 'primary' : 'outline'}
              icon={<ScanSearch />}
              onPress={props.onPrepare}
              isDisabled={isBusy}
              autoFocus={!book && props.isSuggested}
            >
              {t(book ? 'again' : 'prepare')}
            </Button>
          </div>
        ) : null}
      </Card>
    </div>
  )
}
