import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type CopyLineProps = {
  /** Epoch ms; null when it cannot be read. */
  at: number | null
  when: string
  /** Where or what it is, for whoever points at the time. */
  hint: string
  /** Beside the time: what is not as usual with it. */
  marks: ReactNode
  facts: readonly (string | null)[]
  action: ReactNode
}

/** One copy in a list: its time, what is known of it, and what can be done with it. */
export function CopyLine({ at, when, hint, marks, facts, action }: CopyLineProps) {
  const { t } = useTranslation()
  return (
    <li className="flex items-center gap-3 border-b border-line py-2">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <time dateTime={at === null ? undefined : new Date(at).toISOString()} className="font-semibold" title={hint}>
            {when}
          </time>
          {marks}
        </p>
        <p className="text-xs text-muted">
          {facts
            .filter((fact) => fact !== null)
            .map((fact, i) => (
              <span key={fact}>
                {i > 0 ? t('customers:comma') : null}
                <bdi>{fact}</bdi>
              </span>
            ))}
        </p>
      </div>
      {action}
    </li>
  )
}
