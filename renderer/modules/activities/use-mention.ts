import { type KeyboardEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { fold } from '../../../shared/domain/persian-text.ts'
import { useUser } from '../../api/session.ts'
import { type User, useColleagues } from '../users/use-colleagues.ts'

/** More are a reason to type more of the name. */
const OFFERED = 6

/** The word after the last @ before the caret; null where none is being typed. */
function begun(text: string, caret: number): { from: number; word: string } | null {
  const match = /(?:^|[\s(«])@([\p{L}\p{N}\u200c_]*(?: [\p{L}\p{N}\u200c_]+)?)$/u.exec(text.slice(0, caret))
  return match ? { from: caret - match[1]!.length, word: match[1]! } : null
}

export interface Mention {
  /** Colleagues to choose from; none while no @ is being typed. */
  found: readonly User[]
  /** Which of them Enter takes. */
  at: number
  choose: (name: string) => void
  /** To be called after every keystroke. */
  look: () => void
  close: () => void
  onKeys: (event: KeyboardEvent) => void
}

/** Colleagues offered behind an @ in a text that is being typed; ↑ ↓ and Enter or Tab choose, Esc sends them away. @param field where it is typed */
export function useMention(
  value: string,
  onChange: (text: string) => void,
  field: () => HTMLInputElement | HTMLTextAreaElement | null | undefined,
): Mention {
  const { list } = useColleagues()
  const me = useUser()?.id
  const [caret, setCaret] = useState<number | null>(null)
  const [at, setAt] = useState(0)
  const open = caret === null ? null : begun(value, caret)
  const found = open
    ? list
        .filter(({ id, name }) => id !== me && fold(name).startsWith(fold(open.word.replaceAll('_', ' '))))
        .slice(0, OFFERED)
    : []
  const choose = (name: string) => {
    if (!open || caret === null) return
    const before = `${value.slice(0, open.from)}${name} `
    // The caret stands behind the name before the next letter comes: one typed in between would be written after the rest.
    flushSync(() => {
      onChange(before + value.slice(caret).trimStart())
      setCaret(null)
    })
    const input = field()
    input?.focus()
    input?.setSelectionRange(before.length, before.length)
  }
  const onKeys = (event: KeyboardEvent) => {
    if (found.length === 0 || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((now) => (now + step + found.length) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(found[Math.min(at, found.length - 1)]!.name)
    else if (event.key === 'Escape') setCaret(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const look = () => {
    setAt(0)
    setCaret(field()?.selectionStart ?? null)
  }
  return { found, at, choose, look, close: () => setCaret(null), onKeys }
}
