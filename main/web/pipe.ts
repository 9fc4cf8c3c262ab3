import type { MessagePort } from 'node:worker_threads'
import type { WebSocket } from 'ws'

/** Carries frames between a socket and a port of the engine, unread; either end closing closes the other. */
export function pipe(socket: WebSocket, port: MessagePort): void {
  socket.on('message', (data, isBinary) => {
    if (!isBinary) return port.postMessage(data.toString())
    // A copy of its own: small frames share one pool, and posting a view would clone all of it.
    const bytes = Uint8Array.from(data as Buffer)
    port.postMessage(bytes, [bytes.buffer])
  })
  port.on('message', (data: string | Uint8Array) => {
    if (socket.readyState === socket.OPEN) socket.send(data)
  })
  socket.on('close', () => port.close())
  socket.on('error', () => socket.terminate())
  port.on('close', () => socket.close(1001))
}
