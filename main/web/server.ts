import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { MAX_FILE_BYTES } from '../../shared/contract/imports.ts'
import type { RunningEngine } from '../engine/start.ts'
import { pipe } from './pipe.ts'
import { refusalPage } from './refusal-page.ts'
import { GUARDS, screenFile } from './screen.ts'
import { BY_FILE, newSession } from './session.ts'

export interface WebHostOptions {
  engine: Pick<RunningEngine, 'connect' | 'client'>
  /** Folder of the built screen. */
  screen: string
  /** 0: any free one. */
  port: number
  /** Tries the next ports when this one is taken; otherwise fails with EADDRINUSE. */
  orNext?: boolean
  /** What proves that a visitor may come in; a new one when not given. */
  token?: string
}
export interface WebHost {
  port: number
  /** http://127.0.0.1:PORT */
  origin: string
  token: string
  /** The address to open: the session is in it. */
  url: string
  close(): Promise<void>
}

/** The largest single message: a contacts file on its way in, and its envelope. */
const MAX_MESSAGE = MAX_FILE_BYTES + 1024 * 1024

/**
 * The browser host: this computer only, the built screen, and one socket a window that is carried to the engine. Without the session that
 * was printed at start only GET /health answers.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { engine } = options
  const session = newSession(options.token)
  const system = engine.client().system
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE })
  let port = 0

  /** A name in DNS that an attacker points at 127.0.0.1 comes with its own Host. */
  const isOurs = (host: string | undefined) => host === `127.0.0.1:${port}` || host === `localhost:${port}`

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const send = (status: number, headers: Record<string, string>, body: string | Buffer = '') => {
      response.writeHead(status, { ...GUARDS, ...headers })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    const { host } = request.headers
    if (!isOurs(host)) return send(421, { 'Content-Type': 'text/plain' }, 'Misdirected request')
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, { Allow: 'GET, HEAD' })
    const url = parse(request.url ?? '/', host!)
    if (!url) return send(400, {})
    if (url.pathname === '/health') {
      const { name, version, schema } = await system.status()
      const health = JSON.stringify({ name, version, schema, host: 'web' })
      return send(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, health)
    }
    if (url.pathname === '/' && session.matches(url.searchParams.get('session'))) {
      return send(303, { Location: '/', 'Set-Cookie': session.cookie(port), 'Cache-Control': 'no-store' })
    }
    if (!session.has(request, port)) {
      const page = refusalPage()
      const type = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }
      return send(401, { ...type, 'Content-Security-Policy': page.policy }, page.body)
    }
    // The path as it was sent: URL() would have tidied the dots away before they are looked at.
    const path = (request.url ?? '/').split('?')[0]!
    const file = await screenFile(options.screen, path, `'self' ws://${host}`)
    send(file.status, file.headers, file.body)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    const { host, origin } = request.headers
    const allowed = request.url === '/rpc' && isOurs(host) && origin === `http://${host}` && session.has(request, port)
    if (!allowed) return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (ws) =>
      pipe(ws, engine.connect({ file: request.headers[BY_FILE] !== undefined })),
    )
  })

  port = await listen(server, options.port, options.orNext ?? false)
  const origin = `http://127.0.0.1:${port}`
  return {
    port,
    origin,
    token: session.token,
    url: `${origin}/?session=${session.token}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate()
        sockets.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function parse(path: string, host: string): URL | null {
  try {
    return new URL(path, `http://${host}`)
  } catch {
    return null
  }
}

async function listen(server: Server, wanted: number, orNext: boolean): Promise<number> {
  for (let port = wanted; ; port++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen({ port, host: '127.0.0.1' }, () => {
          server.removeListener('error', reject)
          resolve()
        })
      })
      return (server.address() as AddressInfo).port
    } catch (error) {
      server.removeAllListeners('error')
      const code = (error as { code?: string }).code
      if (!orNext || (code !== 'EADDRINUSE' && code !== 'EACCES') || port >= wanted + 50) throw error
    }
  }
}
