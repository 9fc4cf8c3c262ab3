import { type FocusEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { keyName } from '../../app/keys.ts'
import { OPEN_DIALOG } from '../../ui/overlay.ts'
import { nextLine } from './today-model.ts'
import type { Section } from './use-today-page.ts'

const MOVES = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'] as const
type Move = (typeof MOVES)[number]
const isMove = (name: string): name is Move => (MOVES as readonly string[]).includes(name)

/**
 * The keys of the page: arrows go from line to line, Page Up and Page Down from section to section; Enter, Space and letters press the button of
 * the line that says so (`data-key`), so that keys and buttons cannot differ. When the line with the focus has gone, the one that stands
 * in its place gets it.
 */
export function useLineKeys(sections: readonly Section[], onEnter: (key: string) => void) {
  const root = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string | null>(null)
  const groups = sections.map(({ lines }) => ({ keys: lines.map(({ key }) => key) }))
  const all = groups.flatMap(({ keys }) => keys)
  const place = useRef(0)
  const isThere = active !== null && all.includes(active)
  const current = isThere ? active : (all[Math.min(place.current, all.length - 1)] ?? null)
  if (isThere) place.current = all.indexOf(active)
  const rowOf = (key: string | null) =>
    key === null ? null : root.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"]`)

  // Set here and not by the lines, which need not be drawn again when the focus moves.
  useLayoutEffect(() => {
    const row = rowOf(current)
    for (const old of root.current?.querySelectorAll<HTMLElement>('[data-line][tabindex="0"]') ?? [])
      if (old !== row) old.tabIndex = -1
    if (row) row.tabIndex = 0
  })

  // From the first moment, and when the line with the focus has gone, the keys go on where they were.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another line stands there now
  useEffect(() => {
    if (document.querySelector(`${OPEN_DIALOG}, [role=menu]`)) return
    const focused = document.activeElement
    if (focused === document.body || focused?.id === 'main')
      rowOf(current)?.focus({ preventScroll: place.current === 0 })
  }, [current])

  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return
    const target = event.target as HTMLElement
    const row = target.closest<HTMLElement>('[data-line]')
    if (!row) return
    const name = keyName(event.nativeEvent)
    if (isMove(name)) {
      event.preventDefault()
      const to = nextLine(groups, row.dataset['line'] ?? null, name)
      setActive(to)
      rowOf(to)?.focus()
      return
    }
    // On a button of the line, Enter and Space are the button's.
    if (target !== row && (name === 'Enter' || name === ' ')) return
    if (name === 'Enter') {
      event.preventDefault()
      onEnter(row.dataset['line'] ?? '')
      return
    }
    const wanted = name === ' ' ? 'Space' : name
    const button = row.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted)}"] button`)
    if (!button) return
    event.preventDefault()
    // Not click(): that counts as a screen reader's, after which a menu would not get the focus.
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }))
  }
  const onFocus = (event: FocusEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-line]')
    if (row) setActive(row.dataset['line'] ?? null)
  }
  return { root, press, onFocus }
}
