import { contextBridge, ipcRenderer, type MessagePortMain } from 'electron'

// main/ is typed for Node; this one file runs in a page, and these few names are all it may use of it.
declare const location: { origin: string }
declare const window: {
  addEventListener(
    type: 'message',
    listener: (event: { source: unknown; data: unknown; origin: string; ports: readonly MessagePort[] }) => void,
  ): void
}
type MessagePort = Parameters<typeof ipcRenderer.postMessage>[2] extends readonly (infer P)[] | undefined
  ? P
  : MessagePortMain

/**
 * Runs sandboxed before the page. It knows no procedure: it only hands the page's end of a channel to the main process, and only one
 * that the page itself sent.
 */
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'rpc:connect' || event.origin !== location.origin) return
  const [port] = event.ports
  if (port) ipcRenderer.postMessage('rpc:connect', null, [port])
})

contextBridge.exposeInMainWorld('host', { kind: 'desktop' })
