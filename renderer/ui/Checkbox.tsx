import { Checkbox as HeroCheckbox } from '@heroui/react'
import type { ReactNode } from 'react'

export type CheckboxProps = {
  label: string
  labelHidden?: boolean
  description?: ReactNode
  value: boolean
  onChange: (value: boolean) => void
  isIndeterminate?: boolean
  isDisabled?: boolean
}

/** A yes or no inside a form. */
export function Checkbox({ label, labelHidden, description, value, onChange, ...rest }: CheckboxProps) {
  return (
    <HeroCheckbox {...rest} isSelected={value} onChange={onChange}>
      <HeroCheckbox.Content className="items-start">
        <HeroCheckbox.Control className="mt-1 rounded-[5px] border border-line-strong before:rounded-none">
          <HeroCheckbox.Indicator />
        </HeroCheckbox.Control>
        <span className={labelHidden ? 'sr-only' : 'flex flex-col font-normal'}>
          {label}
          {description ? <span className="text-xs text-muted">{description}</span> : null}
        </span>
      </HeroCheckbox.Content>
    </HeroCheckbox>
  )
}
