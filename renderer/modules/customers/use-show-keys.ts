import { useEffect, useRef } from 'react'
import type { ActivityKind } from '../../../shared/domain/activity.ts'
import { keyName } from '../../app/keys.ts'
import { OPEN_DIALOG } from '../../ui/overlay.ts'

const KINDS: Readonly<Record<string, ActivityKind>> = { M: 'note', C: 'call', J: 'meeting', V: 'visit', P: 'message' }

interface Actions {
  edit?: () => void
  log: (kind: ActivityKind) => void
  back: () => void
}

/** Keys of the record page: F2 or E edits, M writes a note, C a call, J a meeting (جلسه), V a visit, P a message (پیام), Esc goes back to the list. */
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
      const { edit, log, back } = latest.current
      const kind = KINDS[name]
      const run = kind ? () => log(kind) : { F2: edit, E: edit, Escape: back }[name]
      if (!run) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
