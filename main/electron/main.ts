/** The desktop host: a window, and the engine's thread behind it. The bundle stands in dist/main, the screen in dist/renderer. */
import { createHash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { app, type BrowserWindow, dialog, session, shell } from 'electron'
import { defaultFolder } from '../db/folder.ts'
import { startEngine } from '../engine/start.ts'
import { acceptConnections } from './connect.ts'
import { notifier } from './notify.ts'
import { registerScheme, serveScreen } from './protocol.ts'
import { denyByDefault, denyPermissions } from './rights.ts'
import { systemSafe } from './safe.ts'
import { openWindow } from './window.ts'

const folder = dirname(fileURLToPath(import.meta.url))

function dataFolder(): string | null {
  const { values } = parseArgs({ args: process.argv.slice(1), options: { data: { type: 'string' } }, strict: false })
  return typeof values.data === 'string' ? values.data : null
}

async function main(): Promise<void> {
  const chosen = dataFolder()
  const data = resolve(chosen ?? defaultFolder())
  // The window's own files (cache, storage) and its single-instance lock stand apart from the book, one set a book.
  const own = chosen === null ? '' : `-${createHash('sha256').update(data).digest('hex').slice(0, 8)}`
  app.setPath('userData', join(app.getPath('appData'), `daftar-window${own}`))
  // Windows shows notifications only of a program that says which it is.
  app.setAppUserModelId('ir.daftar.app')
  app.enableSandbox()
  registerScheme()
  if (!app.requestSingleInstanceLock()) return app.quit()
  let window: BrowserWindow | null = null
  app.on('second-instance', () => {
    if (!window) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  denyByDefault()
  await app.whenReady()
  denyPermissions(session.defaultSession)
  serveScreen(join(folder, '..', 'renderer'))
  const safe = systemSafe()
  const engine = await startEngine({
    folder: data,
    createParents: chosen === null,
    kind: 'desktop',
    openFolder: async (path) => (await shell.openPath(path)) === '',
    notify: notifier(() => window),
    ...(safe ? { safe } : {}),
    onCrash: (error) => {
      dialog.showErrorBox('Daftar', error.message)
      app.exit(1)
    },
  })
  acceptConnections(() => engine.connect())
  window = openWindow(folder)
  window.on('closed', () => {
    window = null
  })
  app.on('window-all-closed', () => app.quit())
  // Quitting waits until the book is closed and its folder is free.
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void engine.close().then(() => {
      closed = true
      app.quit()
    })
  })
}

main().catch((error: unknown) => {
  dialog.showErrorBox('Daftar', error instanceof Error ? error.message : String(error))
  app.exit(1)
})
