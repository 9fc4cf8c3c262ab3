import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../shared/domain/format.ts'
import { cx } from './cx.ts'
import { useLanguage } from './locale.ts'

export type NavStep<K extends string> = { id: K; label: string; isDone: boolean; isReachable: boolean }

/** The steps of a wizard as a row of buttons: those that can be gone (back) to are pressed, the others only say what comes. */
export function StepNav<K extends string>(props: {
  steps: readonly NavStep<K>[]
  current: K
  onGo: (step: K) => void
  className?: string
}) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  return (
    <nav aria-label={t('steps')} className={props.className}>
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        {props.steps.map(({ id, label, isDone, isReachable }, at) => {
          const isCurrent = id === props.current
          return (
            <li key={id} className="flex items-center gap-1.5">
              {at > 0 ? <span className="h-px w-5 bg-line-strong" aria-hidden="true" /> : null}
              <button
                type="button"
                aria-current={isCurrent ? 'step' : undefined}
                disabled={!isReachable}
                onClick={() => props.onGo(id)}
                className={cx(
                  'flex items-center gap-2 rounded-full py-0.5 ps-0.5 pe-2.5',
                  isReachable && !isCurrent && 'hover:bg-surface-2',
                )}
              >
                <span
                  className={cx(
                    'grid size-6 place-items-center rounded-full text-xs leading-none font-semibold',
                    isCurrent
                      ? 'bg-accent text-on-accent'
                      : isDone
                        ? 'bg-accent-soft text-accent-ink'
                        : 'bg-surface-2 text-muted',
                  )}
                >
                  {isDone && !isCurrent ? (
                    <Check className="size-3.5" role="img" aria-label={t('stepDone')} />
                  ) : (
                    formatNumber(at + 1, language)
                  )}
                </span>
                <span className={isCurrent ? 'font-semibold' : 'text-muted'}>{label}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
