import { Switch as HeroSwitch } from '@heroui/react'
import type { ReactNode } from 'react'

/** On or off, at once (settings). `description` stands under the label. */
export function Switch(props: {
  label: string
  description?: ReactNode
  value: boolean
  onChange: (value: boolean) => void
  isDisabled?: boolean
}) {
  return (
    <HeroSwitch isSelected={props.value} onChange={props.onChange} isDisabled={props.isDisabled}>
      <HeroSwitch.Content className="items-start">
        <HeroSwitch.Control className="mt-0.5 border border-line-strong">
          <HeroSwitch.Thumb />
        </HeroSwitch.Control>
        <span className="flex flex-col font-normal">
          {props.label}
          {props.description ? <span className="text-xs text-muted">{props.description}</span> : null}
        </span>
      </HeroSwitch.Content>
    </HeroSwitch>
  )
}
