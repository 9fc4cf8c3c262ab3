import type { KeyboardEvent } from 'react'

const FIELDS =
  'input:not([type=hidden]):not([disabled]):not([tabindex="-1"]), textarea:not([disabled]), button[aria-haspopup=listbox]:not([disabled]):not([tabindex="-1"]), [role=spinbutton]'

const fieldsOf = (root: Element) =>
  [...root.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (field) => field.checkVisibility() && !field.closest('[data-skip-enter]'),
  )

/** True for Ctrl+Enter, Cmd+Enter and F2: the keys that save. */
export const isSaveKey = (event: { key: string; ctrlKey: boolean; metaKey: boolean }) =>
  event.key === 'F2' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))

/**
 * The keys of a form, as accounting programs have them: Enter goes to the next field (a new line in long text; from the
 * last field to the default button; saves when there is only one field), Ctrl+Enter or F2 saves, Esc closes.
 * Spread the result on the <form>. What an open list or calendar does with these keys goes first.
 */
export function useFormKeys({ onSave, onCancel }: { onSave: () => void; onCancel?: () => void }) {
  const next = (form: HTMLElement, target: HTMLElement) => {
    const fields = fieldsOf(form)
    if (fields.length === 1) return onSave()
    const at = fields.indexOf(target)
    const following = fields[at + 1] ?? form.querySelector<HTMLElement>('[data-default-action], button[type=submit]')
    following?.focus()
    if (following instanceof HTMLInputElement && following.type !== 'checkbox' && following.type !== 'radio')
      following.select()
  }
  return {
    // In the capture phase, because a list's button would open on Enter; Space and the arrow keys still open it.
    onKeyDownCapture(event: KeyboardEvent<HTMLElement>) {
      const target = event.target as HTMLElement
      if (event.nativeEvent.isComposing || !event.currentTarget.contains(target)) return
      if (isSaveKey(event)) {
        event.preventDefault()
        event.stopPropagation()
        // A key held down is one wish.
        if (event.repeat) return
        return onSave()
      }
      if (event.key !== 'Enter' || event.shiftKey || event.altKey) return
      const isList = target.matches('button[aria-haspopup=listbox][aria-expanded=false]')
      const isInput = target.matches('input:not([aria-expanded=true])') && !target.closest('[data-own-enter]')
      if (!isList && !isInput) return
      event.preventDefault()
      event.stopPropagation()
      next(event.currentTarget, target)
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (event.key === 'Escape' && !event.defaultPrevented && onCancel) {
        event.stopPropagation()
        onCancel()
      }
    },
    onSubmit(event: { preventDefault: () => void }) {
      event.preventDefault()
      onSave()
    },
  }
}
