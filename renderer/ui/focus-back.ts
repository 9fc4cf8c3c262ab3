import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type HeldKeys, holdKeys } from './held-keys.ts'
import { OPEN_DIALOG } from './overlay.ts'

/** How long the focus is looked after, in frames: what was saved is drawn anew meanwhile. */
const FRAMES = 30

/** A dialog that has saved and is there after this time stays; closing may be drawn a moment later than «saved». */
const CLOSING_MS = 300

/** Where the keys of the page go on: the row of its list that is next, else the page. */
const placeOfPage = () =>
  document.querySelector<HTMLElement>('main [role=grid] [role=row][tabindex="0"], main [role=grid][tabindex="0"]') ??
  document.querySelector<HTMLElement>('main')

const isPlace = (at: Element | null): at is HTMLElement =>
  at instanceof HTMLElement && at.isConnected && at !== document.body

/** Puts the focus where it was, or where the page goes on if that has gone. */
export function focusBack(before: Element | null): void {
  ;(isPlace(before) ? before : placeOfPage())?.focus()
}

/**
 * Looks after the focus while what was saved is drawn anew: when what had it goes away, it goes to `place`, or where the page goes on; nothing is
 * done while it is somewhere.
 */
export function keepFocus(place: () => Element | null | undefined): void {
  let left = FRAMES
  const look = () => {
    if (document.querySelector(OPEN_DIALOG)) return
    if (document.activeElement === document.body) focusBack(place() ?? null)
    left -= 1
    if (left > 0) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Puts the focus where it was, in this moment: React Aria frees the page and goes back only with the next frame. */
function focusBackNow(before: Element | null): void {
  if (!isPlace(before) || document.activeElement !== document.body) return
  if (document.querySelector(OPEN_DIALOG) && !before.closest(OPEN_DIALOG)) return
  for (let held = before.closest('[inert]'); held; held = before.closest('[inert]')) held.removeAttribute('inert')
  before.focus({ preventScroll: true })
}

/** A dialog that goes away leaves the focus where it was before, and with it the keys pressed while it saved. */
export function useFocusBack(isSaving: boolean): void {
  const [before] = useState(() => document.activeElement)
  const keys = useRef<HeldKeys | null>(null)
  useLayoutEffect(() => {
    if (isSaving) keys.current ??= holdKeys()
  }, [isSaving])
  useEffect(() => {
    if (isSaving || !keys.current) return
    keys.current.answered()
    const timer = setTimeout(() => {
      keys.current?.toDialog()
      keys.current = null
    }, CLOSING_MS)
    return () => clearTimeout(timer)
  }, [isSaving])
  useLayoutEffect(() => {
    return () => {
      const held = keys.current
      // As soon as what goes away has gone.
      queueMicrotask(() => {
        focusBackNow(before)
        if (document.activeElement !== document.body || held?.isEmpty()) held?.toPage()
        keepFocus(() => before)
        requestAnimationFrame(() => held?.toPage())
      })
    }
  }, [before])
}
