import type { ReactNode } from 'react'
import { FieldHistory, type HistoryOf } from './FieldHistory.tsx'

/** One line of facts: name, value, and on hover or focus the history of the field. */
export function Fact({ label, history, children }: { label: string; history?: HistoryOf; children: ReactNode }) {
  return (
    <div className="group/fact grid min-h-7.5 grid-cols-[7rem_1fr_auto] items-start gap-2 py-0.5">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
      {history ? (
        <dd className="opacity-0 group-hover/fact:opacity-100 group-focus-within/fact:opacity-100">
          <FieldHistory of={history} label={label} />
        </dd>
      ) : (
        <dd />
      )}
    </div>
  )
}
