import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { Menu, MenuItem, Popover } from 'react-aria-components'
import { cx } from '../../ui/cx.ts'
import { useFocusBack } from '../../ui/focus-back.ts'
import { optionClass, popoverClass } from '../../ui/overlay.ts'
import { Keyed } from './LineRow.tsx'

interface ButtonProps {
  /** The key that presses it while its line has the focus. */
  by: string
  icon: ReactNode
  /** What it says; with `isIcon` only to who hears it, and as its tooltip. */
  label: string
  isIcon?: boolean
  isDisabled?: boolean
}

const look = (isIcon: boolean | undefined) =>
  cx(
    'inline-flex h-7.5 shrink-0 cursor-pointer items-center justify-center gap-2 rounded-lg text-xs font-semibold outline-none hover:bg-surface-2 focus-visible:outline-2 focus-visible:outline-accent disabled:opacity-50 [&>svg]:shrink-0',
    isIcon
      ? 'size-7 text-muted hover:text-text [&>svg]:size-4'
      : 'border border-line bg-surface px-2.5 [&>svg]:size-3.5',
  )

/**
 * A button of a line. The browser's own, with its own tooltip: the page holds a hundred of them and is to be there within a few frames, and those of
 * the design system cost a millisecond each.
 */
export function LineButton(props: ButtonProps & { onPress: () => void }) {
  const { by, icon, label, isIcon, isDisabled, onPress } = props
  return (
    <Keyed by={by}>
      <button
        type="button"
        disabled={isDisabled}
        onClick={onPress}
        className={look(isIcon)}
        aria-keyshortcuts={by}
        {...(isIcon && { 'aria-label': label, title: label })}
      >
        {icon}
        {isIcon ? null : label}
      </button>
    </Keyed>
  )
}

export interface Choice {
  id: string
  label: string
  icon: ReactNode
  onAction: () => void
}

/** The same with a menu, which is made when it opens. */
export function LineMenu(props: ButtonProps & { title?: string; items: () => readonly Choice[] }) {
  const { by, icon, label, isIcon, isDisabled, title = label, items } = props
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Keyed by={by}>
      <button
        ref={button}
        type="button"
        disabled={isDisabled}
        onClick={() => setOpen(true)}
        className={look(isIcon)}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-keyshortcuts={by}
        {...(isIcon && { 'aria-label': label, title: label })}
      >
        {icon}
        {isIcon ? null : label}
      </button>
      {isOpen ? <OpenMenu title={title} button={button} items={items()} onOpenChange={setOpen} /> : null}
    </Keyed>
  )
}

function OpenMenu(props: {
  title: string
  button: RefObject<HTMLButtonElement | null>
  items: readonly Choice[]
  onOpenChange: (isOpen: boolean) => void
}) {
  const { title, button, items, onOpenChange } = props
  // The line has the focus again at once: the next key is pressed on it.
  useFocusBack(false)
  return (
    <Popover
      triggerRef={button}
      isOpen
      onOpenChange={onOpenChange}
      placement="bottom end"
      offset={4}
      className={`${popoverClass} min-w-44`}
    >
      <Menu aria-label={title} autoFocus="first" onClose={() => onOpenChange(false)} className="p-1 outline-none">
        {items.map((item) => (
          <MenuItem key={item.id} id={item.id} textValue={item.label} onAction={item.onAction} className={optionClass}>
            <span className="[&>svg]:size-4" aria-hidden="true">
              {item.icon}
            </span>
            <span className="min-w-0 flex-1">{item.label}</span>
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
