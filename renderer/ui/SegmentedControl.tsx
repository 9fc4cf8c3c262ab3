import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { Option } from './Select.tsx'

/** Two to four short choices side by side, e.g. light, dark, system. */
export function SegmentedControl<K extends string>(props: {
  label: string
  options: readonly Option<K>[]
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
      className="inline-flex h-fit w-fit gap-0.5 self-start rounded-lg bg-surface-2 p-0.5"
    >
      {props.options.map((option) => (
        <ToggleButton
          key={option.id}
          id={option.id}
          className="inline-flex h-8 items-center gap-1.5 rounded-md px-3 text-[0.8125rem] text-muted outline-none hover:text-text data-focus-visible:focus-ring data-selected:bg-surface data-selected:font-semibold data-selected:text-text data-selected:shadow-[0_0_0_1px_var(--line)] [&>svg]:size-4"
        >
          {option.icon}
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
