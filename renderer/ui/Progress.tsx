import { ProgressBar } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../shared/domain/format.ts'
import { Button } from './Button.tsx'
import { useLanguage } from './locale.ts'

export type ProgressProps = {
  label: string
  done: number
  /** Undefined while the size of the work is unknown. */
  total?: number
  /** Items a second. */
  rate?: number
  /** Seconds. */
  secondsLeft?: number
  onCancel?: () => void
}

/** Long work with its real count, rate and time left, and a button that cancels. */
export function Progress({ label, done, total, rate, secondsLeft, onCancel }: ProgressProps) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const number = (value: number) => formatNumber(Math.round(value), language)
  const parts = [
    // Nothing is counted yet: the moving bar says enough.
    total === undefined
      ? done > 0
        ? number(done)
        : ''
      : t('progress.of', { done: number(done), total: number(total) }),
    rate ? t('progress.rate', { rate: number(rate) }) : '',
    secondsLeft === undefined
      ? ''
      : secondsLeft < 60
        ? t('progress.secondsLeft', { count: Math.ceil(secondsLeft), time: number(Math.ceil(secondsLeft)) })
        : t('progress.minutesLeft', { count: Math.ceil(secondsLeft / 60), time: number(Math.ceil(secondsLeft / 60)) }),
  ].filter(Boolean)
  const share = total ? Math.min(100, (100 * done) / total) : undefined
  return (
    <div className="flex items-end gap-3">
      <ProgressBar
        aria-label={label}
        value={share}
        isIndeterminate={share === undefined}
        valueLabel={parts.join(' · ')}
        className="flex min-w-0 flex-1 flex-col gap-1.5"
      >
        <div className="flex flex-wrap justify-between gap-x-4 text-[0.8125rem]">
          <span className="font-semibold">{label}</span>
          <span className="text-muted">{parts.join(' · ')}</span>
        </div>
        <div className="h-1.5 overflow-hidden rounded-full bg-surface-2">
          <div
            className={
              share === undefined
                ? 'h-full w-1/3 animate-pulse rounded-full bg-accent'
                : 'h-full rounded-full bg-accent'
            }
            style={share === undefined ? undefined : { inlineSize: `${share}%` }}
          />
        </div>
      </ProgressBar>
      {onCancel ? (
        <Button size="sm" onPress={onCancel}>
          {t('cancel')}
        </Button>
      ) : null}
    </div>
  )
}
