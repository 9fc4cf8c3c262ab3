import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { OneOf } from './OneOf.tsx'
import type { Tone } from './tones.ts'

export type FilterChip<K extends string> = {
  id: K
  label: string
  count?: ReactNode
  tone?: Tone
  isDisabled?: boolean
}

const dot: Partial<Record<Tone, string>> = {
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  accent: 'bg-accent',
  violet: 'bg-violet',
}

/** One of several views of the same rows, each with its count; arrow keys move between them. */
export function FilterChips<K extends string>(props: {
  label: string
  chips: readonly FilterChip<K>[]
  value: K
  onChange: (value: K) => void
}) {
  const { chips, ...rest } = props
  return (
    <OneOf
      {...rest}
      options={chips}
      className="flex flex-wrap items-center gap-1.5"
      optionClassName="h-7.5 rounded-lg bg-surface-2 px-2.5 text-xs font-semibold data-disabled:opacity-60 data-selected:bg-accent-soft data-selected:text-accent-ink"
    >
      {({ label, count, tone }) => (
        <>
          {tone && dot[tone] ? <span className={cx('size-2 rounded-full', dot[tone])} aria-hidden="true" /> : null}
          {label}
          {count === undefined ? null : <span className="tnum">{count}</span>}
        </>
      )}
    </OneOf>
  )
}
