import { Children, type ReactNode } from 'react'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import type { Tone } from '../../ui/tones.ts'

/** One line: a mark, two rows of words, and what can be done at once. Which of them the Tab key comes to is set by use-line-keys. */
export function LineRow(props: {
  id: string
  /** All of it in words, for who hears it. */
  label: string
  tick?: ReactNode
  badge: ReactNode
  tone: Tone
  title: ReactNode
  facts: ReactNode
  children: ReactNode
}) {
  const { id, label, tick, badge, tone, title, facts, children } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line with buttons is no row of a table
    <div
      role="row"
      data-line={id}
      tabIndex={-1}
      aria-label={label}
      className="-mx-2 flex items-center gap-2.5 border-b border-line px-2 py-2 outline-offset-[-2px] last:border-b-0 focus-visible:rounded-lg focus-visible:bg-surface-2 focus-visible:outline-2 focus-visible:outline-accent"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="gridcell" tabIndex={-1} className="flex min-w-0 flex-1 items-center gap-2.5 outline-none">
        {tick}
        <Badge tone={tone} className="w-20 justify-center">
          {badge}
        </Badge>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-semibold">{title}</span>
          <span className="block truncate text-[0.8125rem] text-muted">{facts}</span>
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="gridcell" tabIndex={-1} className="flex shrink-0 items-center gap-1 outline-none">
        {children}
      </div>
    </div>
  )
}

/** What a key presses on the line that has the focus. */
export function Keyed({ by, children, className }: { by: string; children: ReactNode; className?: string }) {
  return (
    <span data-key={by} className={cx('inline-flex', className)}>
      {children}
    </span>
  )
}

/** Facts one after the other; those that are not there are passed over. */
export function Facts({ children }: { children: ReactNode }) {
  return Children.toArray(children)
    .filter((fact) => fact !== '')
    .map((fact, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: facts of a line keep their places
      <span key={i}>
        {i > 0 ? <span className="mx-1.5 text-line-strong">|</span> : null}
        {fact}
      </span>
    ))
}
