import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'

declare global {
  interface Window {
    /** Only in the desktop window, put there by its preload. */
    host?: { kind: 'desktop' }
  }
}

/** One way to the engine, for as long as it lives. */
interface Line {
  link: ClientLink<ClientContext>
  isOpen(): boolean
}

/** The desktop: a channel whose other end the preload hands to the main process, and that to the engine. */
function overPort(): Line {
  const { port1, port2 } = new MessageChannel()
  let open = true
  port1.addEventListener('close', () => {
    open = false
  })
  const link = new PortLink({ port: port1 })
  port1.start()
  window.postMessage('rpc:connect', '/', [port2])
  return { link, isOpen: () => open }
}

/** The browser: a socket to the host that served this page; its session cookie goes along by itself. */
function overSocket(): Line {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`)
  return { link: new SocketLink({ websocket: socket }), isOpen: () => socket.readyState <= WebSocket.OPEN }
}

/**
 * A link that chooses the transport by where it runs and opens a new line when the old one is gone. Calls that were under way on a
 * lost line fail; the next call (live.ts makes one again and again) goes over the new one.
 */
function reconnecting(open: () => Line): ClientLink<ClientContext> {
  let line: Line | null = null
  return {
    call(path, input, options) {
      if (!line?.isOpen()) line = open()
      return line.link.call(path, input, options)
    },
  }
}

export const link = reconnecting(window.host ? overPort : overSocket)
