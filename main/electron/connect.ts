import type { MessagePort } from 'node:worker_threads'
import { type IpcMainEvent, ipcMain, type MessagePortMain } from 'electron'
import { isOurs } from './rights.ts'

/** Only the top frame of our own page may have a line to the engine. */
function isTrusted(event: IpcMainEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isOurs(frame.url)
}

/** Carries messages between the page's port and one of the engine, unread. */
function pipe(page: MessagePortMain, engine: MessagePort): void {
  page.on('message', ({ data }) => engine.postMessage(data))
  engine.on('message', (data) => page.postMessage(data))
  page.on('close', () => engine.close())
  engine.on('close', () => page.close())
  page.start()
}

/** Answers `rpc:connect` of the preload with a line to the engine. */
export function acceptConnections(connect: () => MessagePort): void {
  ipcMain.on('rpc:connect', (event) => {
    const [port] = event.ports
    if (!port) return
    if (isTrusted(event)) pipe(port, connect())
    else port.close()
  })
}
