import type { ReactElement, ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { cx } from './cx.ts'
import { Kbd } from './Kbd.tsx'
import { optionClass, popoverClass } from './overlay.ts'

export type MenuEntry =
  | {
      id: string
      label: string
      icon?: ReactNode
      kbd?: string
      tone?: 'danger'
      isDisabled?: boolean
      onAction: () => void
    }
  | 'separator'

/** A button that opens a list of actions: `trigger` is a Button or IconButton; 'separator' draws a line between groups. */
export function Menu({
  label,
  trigger,
  items,
  placement = 'bottom end',
}: {
  label: string
  trigger: ReactElement
  items: readonly MenuEntry[]
  /** For a button at the foot of the page: 'top end'. */
  placement?: 'bottom end' | 'top end'
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} offset={4} className={`${popoverClass} min-w-44`}>
        <AriaMenu aria-label={label} className="max-h-96 overflow-auto p-1 outline-none">
          {items.map((item, at) =>
            item === 'separator' ? (
              <Separator
                key={`line-${items[at - 1] === 'separator' ? at : String(at)}`}
                className="mx-2 my-1 border-t border-line"
              />
            ) : (
              <MenuItem
                key={item.id}
                id={item.id}
                textValue={item.label}
                isDisabled={item.isDisabled}
                onAction={item.onAction}
                className={cx(optionClass, item.tone === 'danger' && 'text-bad')}
              >
                <span className="[&>svg]:size-4" aria-hidden="true">
                  {item.icon}
                </span>
                <span className="min-w-0 flex-1">{item.label}</span>
                {item.kbd ? <Kbd>{item.kbd}</Kbd> : null}
              </MenuItem>
            ),
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
