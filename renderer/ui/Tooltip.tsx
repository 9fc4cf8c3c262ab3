import type { ComponentProps, ReactElement } from 'react'
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './Kbd.tsx'

export const tooltipClass =
  'z-50 max-w-xs rounded-md bg-text px-2 py-1 text-xs text-bg shadow-overlay data-entering:animate-in data-entering:fade-in-0'

/** A word or two on hover and focus. `children` is one React Aria button, or (with `plain`) any one element that takes a ref. */
export function Tooltip({
  text,
  kbd,
  plain,
  children,
}: {
  text: string
  kbd?: string
  plain?: boolean
  children: ReactElement
}) {
  return (
    <TooltipTrigger delay={600} closeDelay={100}>
      {plain ? <Focusable>{children as ComponentProps<typeof Focusable>['children']}</Focusable> : children}
      <AriaTooltip offset={6} className={tooltipClass}>
        <span className="inline-flex items-center gap-2">
          {text}
          {kbd ? <Kbd>{kbd}</Kbd> : null}
        </span>
      </AriaTooltip>
    </TooltipTrigger>
  )
}
