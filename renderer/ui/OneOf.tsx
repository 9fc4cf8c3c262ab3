import type { ReactNode } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'

/** Buttons side by side of which one is always pressed; arrow keys move between them. SegmentedControl and FilterChips give it its look. */
export function OneOf<K extends string, O extends { id: K; isDisabled?: boolean }>(props: {
  label: string
  options: readonly O[]
  value: K
  onChange: (value: K) => void
  className: string
  optionClassName: string
  children: (option: O) => ReactNode
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
      className={props.className}
    >
      {props.options.map((option) => (
        <ToggleButton
          key={option.id}
          id={option.id}
          isDisabled={option.isDisabled}
          className={`inline-flex items-center gap-1.5 text-muted outline-none hover:text-text data-focus-visible:focus-ring ${props.optionClassName}`}
        >
          {props.children(option)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
