import { OneOf } from './OneOf.tsx'
import type { Option } from './Select.tsx'

/** Two to four short choices side by side, e.g. light, dark, system. */
export function SegmentedControl<K extends string>(props: {
  label: string
  options: readonly Option<K>[]
  value: K
  onChange: (value: K) => void
}) {
  return (
    <OneOf
      {...props}
      className="inline-flex h-fit w-fit gap-0.5 self-start rounded-lg bg-surface-2 p-0.5"
      optionClassName="h-8 rounded-md px-3 text-[0.8125rem] data-selected:bg-surface data-selected:font-semibold data-selected:text-text data-selected:shadow-[0_0_0_1px_var(--line)] [&>svg]:size-4"
    >
      {({ icon, label }) => (
        <>
          {icon}
          {label}
        </>
      )}
    </OneOf>
  )
}
