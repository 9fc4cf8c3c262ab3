import { useEffect, useRef } from 'react'

/** A button that takes the focus as it appears may do so only after the screen has settled. */
const SETTLED_MS = 150

/** For the element around changing content: takes the focus when what had it has gone, so that the keyboard stays on the page. */
export function useFocusKept(content: string) {
  const around = useRef<HTMLDivElement>(null)
  const shown = useRef(content)
  useEffect(() => {
    if (shown.current === content) return
    shown.current = content
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) around.current?.focus({ preventScroll: true })
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [content])
  return around
}
