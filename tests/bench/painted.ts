import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Milliseconds from the last key (or click) until a frame with this text in it was painted. */
    shows(text: string): Promise<number>
  }
}

/** Runs in the page before its own scripts. */
export function watchPaint() {
  let began = 0
  let wanted: string | null = null
  let done: ((ms: number) => void) | null = null
  let seen: { text: string; ms: number } | null = null
  const isThere = (text: string) => document.querySelector('main')?.textContent?.includes(text) === true
  const look = () => {
    const text = wanted
    if (text === null || seen?.text === text || !isThere(text)) return
    seen = { text, ms: 0 }
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      // Runs when this frame is laid out and painted.
      channel.port1.onmessage = () => {
        if (seen?.text !== text) return
        seen.ms = performance.now() - began
        done?.(seen.ms)
        done = null
        wanted = null
      }
      channel.port2.postMessage(null)
    })
  }
  const start = () =>
    new MutationObserver(look).observe(document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  if (document.documentElement) start()
  else document.addEventListener('readystatechange', start, { once: true })
  const begin = (event: Event) => {
    began = event.timeStamp
    seen = null
  }
  document.addEventListener('keydown', begin, true)
  document.addEventListener('pointerdown', begin, true)
  window.shows = (text) =>
    new Promise((resolve) => {
      done = resolve
      wanted = text
      look()
    })
}

/** Milliseconds a quick hand takes from the first of two keys to the second; the time is counted from the second. */
export const BETWEEN_KEYS = 100

/** Presses and waits for the text: the wait is told to the page first, so that nothing of it is missed. */
export async function paintedAfter(page: Page, text: string, press: () => Promise<unknown>): Promise<number> {
  const shown = page.evaluate((wanted) => window.shows(wanted), text)
  await press()
  return shown
}
