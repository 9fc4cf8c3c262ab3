import { useEffect, useState } from 'react'
import { OPEN_DIALOG } from './overlay.ts'

/** How long the focus is looked after, in frames: what was saved is drawn anew meanwhile. */
const FRAMES = 30

/** Where the keys of the page go on: the row of its list that is next, else the page. */
const placeOfPage = () =>
  document.querySelector<HTMLElement>('main [role=grid] [role=row][tabindex="0"], main [role=grid][tabindex="0"]') ??
  document.querySelector<HTMLElement>('main')

/** Puts the focus where it was, or where the page goes on if that has gone. */
export function focusBack(before: Element | null): void {
  const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body
  ;(isThere ? before : placeOfPage())?.focus()
}

/** A dialog that goes away leaves the focus where it was before; nothing is done while the focus is somewhere already. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    return () => {
      let left = FRAMES
      const look = () => {
        if (document.querySelector(OPEN_DIALOG)) return
        if (document.activeElement === document.body) focusBack(before)
        left -= 1
        if (left > 0) requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }
  }, [before])
}
