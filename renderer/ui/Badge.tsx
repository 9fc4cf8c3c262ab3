import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { softTone, type Tone } from './tones.ts'

/** A small state in a tone. For what needs action; what is merely empty is a grey dash instead. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
  className,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <span
      className={cx(
        'inline-flex max-w-full shrink-0 items-center gap-1 truncate rounded-md px-2 text-xs font-semibold leading-[1.8] [&>svg]:size-3.5',
        softTone[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  )
}
