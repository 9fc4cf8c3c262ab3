import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { FieldHistory, type HistoryOf } from './FieldHistory.tsx'

/** One line of facts: name, value, and on hover or focus the history of the field. `isLong` gives the value the whole width. */
export function Fact(props: { label: string; history?: HistoryOf; isLong?: boolean; children: ReactNode }) {
  const { label, history, isLong, children } = props
  return (
    <div
      className={cx(
        'group/fact relative py-0.5 pe-7',
        isLong ? 'flex flex-col' : 'grid min-h-7.5 grid-cols-[7rem_1fr] items-start gap-2',
      )}
    >
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">
        {children}
        {history ? (
          <span className="absolute end-0 top-0 flex h-7.5 items-center opacity-0 group-focus-within/fact:opacity-100 group-hover/fact:opacity-100">
            <FieldHistory of={history} label={label} />
          </span>
        ) : null}
      </dd>
    </div>
  )
}
