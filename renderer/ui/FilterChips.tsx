import type { ReactNode } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { cx } from './cx.ts'
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
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value]}
      onSelectionChange={(keys) => {
        const [key] = keys
        if (key !== undefined) props.onChange(key as K)
      }}
      className="flex flex-wrap items-center gap-1.5"
    >
      {props.chips.map(({ id, label, count, tone, isDisabled }) => (
        <ToggleButton
          key={id}
          id={id}
          isDisabled={isDisabled}
          className="inline-flex h-7.5 items-center gap-1.5 rounded-lg bg-surface-2 px-2.5 text-xs font-semibold text-muted outline-none hover:text-text data-focus-visible:focus-ring data-disabled:opacity-60 data-selected:bg-accent-soft data-selected:text-accent-ink"
        >
          {tone && dot[tone] ? <span className={cx('size-2 rounded-full', dot[tone])} aria-hidden="true" /> : null}
          {label}
          {count === undefined ? null : <span className="tnum">{count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
