import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../shared/domain/format.ts'
import { cx } from './cx.ts'
import { useLanguage } from './locale.ts'

/** Where a wizard stands: `current` is the place of the step at work, from 0. */
export function Steps({ steps, current }: { steps: readonly string[]; current: number }) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  return (
    <ol aria-label={t('steps')} className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {steps.map((step, at) => (
        <li key={step} aria-current={at === current ? 'step' : undefined} className="flex items-center gap-2">
          {at > 0 ? <span className="h-px w-6 bg-line-strong" aria-hidden="true" /> : null}
          <span
            className={cx(
              'grid size-6 place-items-center rounded-full text-xs font-semibold leading-none',
              at < current && 'bg-accent-soft text-accent-ink',
              at === current && 'bg-accent text-on-accent',
              at > current && 'bg-surface-2 text-muted',
            )}
          >
            {at < current ? (
              <Check className="size-3.5" role="img" aria-label={t('stepDone')} />
            ) : (
              formatNumber(at + 1, language)
            )}
          </span>
          <span className={at === current ? 'font-semibold' : 'text-muted'}>{step}</span>
        </li>
      ))}
    </ol>
  )
}
