import { useEffect, useRef } from 'react'
import { keyName, OPEN_DIALOG } from '../../app/keys.ts'

interface Actions {
  edit?: () => void
  note: () => void
  back: () => void
}

/** Keys of the record page: F2 or E edits, M writes a note, Esc goes back to the list. */
export function useShowKeys(actions: Actions) {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      if (document.querySelector(`${OPEN_DIALOG}, [role=menu], [role=listbox]`)) return
      const name = keyName(event)
      const isTyping = (event.target as Element | null)?.closest?.('input, textarea, [contenteditable=true]')
      if (name === 'Escape' && isTyping) return (event.target as HTMLElement).blur()
      if (isTyping) return
      const { edit, note, back } = latest.current
      const run = { F2: edit, E: edit, M: note, Escape: back }[name]
      if (!run) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
