import { type BrowserWindow, Notification } from 'electron'
import type { HostNotice } from '../engine/context.ts'
import { ORIGIN } from './protocol.ts'

/** Shows notifications of the system; pressing one brings the window up at its path. @param window the one window, null when it is closed */
export function notifier(window: () => BrowserWindow | null): (notice: HostNotice) => Promise<boolean> {
  // One that nothing holds on to is collected, and nobody hears the click.
  const standing = new Set<Notification>()
  return async ({ title, body, path }) => {
    if (!Notification.isSupported()) return false
    const notice = new Notification({ title, body })
    standing.add(notice)
    notice.on('close', () => standing.delete(notice))
    notice.on('click', () => {
      standing.delete(notice)
      const shown = window()
      if (!shown) return
      if (shown.isMinimized()) shown.restore()
      shown.show()
      shown.focus()
      // Only what stands behind the # changes, so nothing is loaded anew.
      void shown.loadURL(`${ORIGIN}/#${path}`)
    })
    notice.show()
    return true
  }
}
