import { app, type Session, type WebContents } from 'electron'
import { ORIGIN } from './protocol.ts'

/** A page of ours? Compared as an origin: 'app://daftar.evil' begins with ours too. */
export function isOurs(url: string): boolean {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}` === ORIGIN
  } catch {
    return false
  }
}

/** What no page ever may: leave the app, open windows, hold another page, ask for camera, place or notifications. */
export function denyByDefault(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isOurs(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Electron's default is to allow. Writing to the clipboard (copying a phone number) is the one exception. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  )
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
}
