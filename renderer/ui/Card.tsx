import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** A white box with a hairline border; `title` gives it a heading row with `actions` at its end. */
export function Card({
  title,
  actions,
  children,
  className,
}: {
  title?: string
  actions?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <section className={cx('rounded-card border border-line bg-surface p-4', className)}>
      {title ? (
        <header className="mb-3 flex items-center gap-2 border-b border-line pb-2">
          <h2 className="min-w-0 flex-1 truncate font-bold">{title}</h2>
          {actions}
        </header>
      ) : null}
      {children}
    </section>
  )
}
