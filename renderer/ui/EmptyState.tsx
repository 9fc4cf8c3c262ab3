import type { ReactNode } from 'react'

/** An empty place that teaches: an icon, one sentence, one button, and room for a small sample or second way (`extra`). */
export function EmptyState({
  icon,
  children,
  action,
  extra,
}: {
  icon: ReactNode
  children: ReactNode
  action?: ReactNode
  extra?: ReactNode
}) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 p-8 text-center">
      <span
        className="grid size-12 place-items-center rounded-card bg-accent-soft text-accent-ink [&>svg]:size-6"
        aria-hidden="true"
      >
        {icon}
      </span>
      <p className="max-w-md text-balance text-muted">{children}</p>
      {action}
      {extra}
    </div>
  )
}
