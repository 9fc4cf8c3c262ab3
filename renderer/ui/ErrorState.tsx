import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { TechnicalDetail } from './TechnicalDetail.tsx'

export type ErrorStateProps = {
  /** What happened. */
  title: string
  /** What was kept. */
  kept?: ReactNode
  /** What the person can do. */
  advice?: ReactNode
  actions?: ReactNode
  /** Technical text for support: behind «جزئیات», with a copy button. */
  detail?: string
}

/** Trouble in words: what happened, what was kept, what to do; the technical part stays folded. */
export function ErrorState({ title, kept, advice, actions, detail }: ErrorStateProps) {
  return (
    <div role="alert" className="flex gap-3 rounded-card border border-line bg-surface p-4">
      <CircleAlert className="mt-0.5 size-5 shrink-0 text-bad" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="font-bold">{title}</p>
        {kept ? <p>{kept}</p> : null}
        {advice ? <p className="text-muted">{advice}</p> : null}
        {actions ? <div className="mt-1 flex flex-wrap gap-2">{actions}</div> : null}
        {detail ? <TechnicalDetail detail={detail} /> : null}
      </div>
    </div>
  )
}
