import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { ERRORS, LIMIT, PATH, PROTOCOL } from '../shared/sync/protocol.ts'
import type { ErrorReply, HealthReply } from '../shared/sync/wire.ts'
import { ACCESS_SECONDS, type Asker, allowed, readAccess } from './access.ts'
import type { App } from './app.ts'
import { packed, readBody } from './body.ts'
import { type Answer, handle, isPath, refusalOf } from './handle.ts'
import { type Limits, limits } from './limits.ts'
import { Refusal } from './refusal.ts'

export interface HttpOptions {
  host: string
  /** 0 takes a free one. */
  port: number
  tls?: { cert: string; key: string }
  /** TLS ends at a proxy before this server, which says in X-Forwarded-For who asks. */
  behindProxy?: boolean
  limits?: Limits
  /** What the operator may do from this computer: path to what answers. */
  operator?: { token: string; run(path: string): Promise<unknown> }
}

export interface Listening {
  readonly url: string
  close(): Promise<void>
}

const loopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address) || address === 'localhost'
const PING_MS = 30_000

/** The protocol over HTTP/1.1 and, for waking, WebSocket. */
export async function listen(app: App, options: HttpOptions): Promise<Listening> {
  if (!options.tls && !options.behindProxy && !loopback(options.host))
    throw new Error('without TLS the server listens on loopback only: give --cert and --key, or --behind-proxy')
  const rate = options.limits ?? limits(app.host.now)
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    answer(app, options, rate, request)
      .then((reply) => send(request, response, reply))
      .catch((error) => {
        app.host.log('http', { error: String(error) })
        response.destroy()
      })
  }
  const server: Server = options.tls
    ? createTlsServer({ ...options.tls, minVersion: 'TLSv1.2' }, onRequest)
    : createServer(onRequest)
  Object.assign(server, {
    requestTimeout: 60_000,
    headersTimeout: 10_000,
    keepAliveTimeout: 70_000,
    maxRequestsPerSocket: 0,
  })
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1_024 })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    wake(app, options, rate, request).then(
      ({ asker, now }) => sockets.handleUpgrade(request, socket, head, (ws) => attach(app, ws, asker, now)),
      (error) => {
        const { error: code } = refusalOf(app, error).reply
        socket.end(`HTTP/1.1 ${ERRORS[code]} ${code}\r\nConnection: close\r\n\r\n`)
      },
    )
  })
  server.on('clientError', (_, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const name = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    url: `${options.tls ? 'https' : 'http'}://${name}:${port}`,
    async close() {
      for (const ws of sockets.clients) ws.terminate()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const late = setTimeout(() => server.closeAllConnections(), 3_000)
      await closed
      clearTimeout(late)
    },
  }
}

function whoAsks(options: HttpOptions, request: IncomingMessage): string {
  const address = (request.socket as Socket).remoteAddress ?? ''
  if (!options.behindProxy) return address
  // The proxy adds the address it saw to the end; what stands before it anybody may have written.
  return (
    String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)!
      .trim() || address
  )
}

const bearer = (request: IncomingMessage): string | null => {
  const header = request.headers.authorization ?? ''
  return header.startsWith('Bearer ') ? header.slice(7, 1_000) : null
}

async function answer(app: App, options: HttpOptions, rate: Limits, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? '').split('?')[0]!
  try {
    const operator = await ofOperator(app, options, path, request)
    if (operator) return operator
    if (request.method === 'GET' && path === PATH.health) return health(app)
    if (request.method !== 'POST' || !isPath(path)) throw new Refusal('not_found')
    throttle(app, options, rate, path, request)
    const body = await readBody(request)
    return await handle(app, { path, access: bearer(request), body })
  } catch (error) {
    // What is still coming in is not wanted any more.
    request.resume()
    const { reply } = refusalOf(app, error)
    app.metrics.add(`refused_total{error="${reply.error}"}`)
    return { status: ERRORS[reply.error], text: JSON.stringify(reply) }
  }
}

/** Before anything is read. Who has a good token is counted as a device, everybody else by address. */
function throttle(app: App, options: HttpOptions, rate: Limits, path: string, request: IncomingMessage): void {
  const address = whoAsks(options, request)
  const take = (kind: Parameters<Limits['take']>[0], who: string) => {
    const wait = rate.take(kind, who)
    if (wait > 0) throw new Refusal('slow_down', { retry_after: wait })
  }
  if (path === PATH.register || path === PATH.token) take(path === PATH.token ? 'token' : 'register', address)
  else {
    let asker: Asker
    try {
      asker = readAccess(app, bearer(request))
    } catch (error) {
      take('stranger', address)
      throw error
    }
    take('device', asker.device)
    take('tenant', asker.tenant)
  }
}

async function health(app: App): Promise<Answer> {
  await app.store.tenants()
  const reply: HealthReply = {
    daftar: 'sync',
    v: PROTOCOL,
    now: app.host.now(),
    store: app.store.kind,
    trial: app.trial,
  }
  return { status: 200, text: JSON.stringify(reply) }
}

/** Metrics and the operator's commands: from this computer, with the token that lies in the data folder or the environment. */
async function ofOperator(
  app: App,
  options: HttpOptions,
  path: string,
  request: IncomingMessage,
): Promise<Answer | null> {
  const { operator } = options
  if (path !== PATH.metrics && !path.startsWith('/operator/')) return null
  const asked = bearer(request)
  const near = loopback((request.socket as Socket).remoteAddress ?? '')
  if (!operator || !near || !asked || app.host.hmac(app.secret, asked) !== app.host.hmac(app.secret, operator.token))
    throw new Refusal('not_found')
  if (path === PATH.metrics)
    return { status: 200, text: `${app.metrics.text()}daftar_sync_sockets ${app.hub.count()}\n` }
  const result = await operator.run(path.slice('/operator/'.length))
  return { status: 200, text: JSON.stringify(result) }
}

async function send(request: IncomingMessage, response: ServerResponse, reply: Answer): Promise<void> {
  const { bytes, coding } = await packed(reply.text, String(request.headers['accept-encoding'] ?? ''))
  const retry = reply.status >= 429 ? (JSON.parse(reply.text) as ErrorReply).retry_after : undefined
  response.writeHead(reply.status, {
    'Content-Type': reply.text.startsWith('{') ? 'application/json' : 'text/plain; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(coding ? { 'Content-Encoding': coding } : {}),
    ...(retry ? { 'Retry-After': Math.ceil(retry) } : {}),
    // A body that was refused half way makes the connection useless.
    ...(request.complete ? {} : { Connection: 'close' }),
  })
  response.end(bytes)
}

async function wake(app: App, options: HttpOptions, rate: Limits, request: IncomingMessage) {
  if ((request.url ?? '').split('?')[0] !== PATH.wake) throw new Refusal('not_found')
  throttle(app, options, rate, PATH.wake, request)
  const asker = readAccess(app, bearer(request))
  const all = await app.store.tenant(asker.tenant, 'read', (tx) => tx.gather(asker.device))
  allowed(all)
  return { asker, now: all.state.head }
}

function attach(app: App, ws: WebSocket, asker: Asker, head: number): void {
  const say = (n: number) => {
    // Who cannot keep up needs no second word: the next pull brings everything.
    if (ws.bufferedAmount < LIMIT.body) ws.send(JSON.stringify({ head: n }))
  }
  const leave = app.hub.add(asker.tenant, { device: asker.device, say, close: () => ws.close(4_001) })
  let alive = true
  ws.on('pong', () => {
    alive = true
  })
  ws.on('error', () => ws.terminate())
  const ping = setInterval(() => {
    if (!alive) return ws.terminate()
    alive = false
    ws.ping()
  }, PING_MS)
  // A token is good for a while; the line lasts no longer than it.
  const end = setTimeout(() => ws.close(4_002), ACCESS_SECONDS * 1_000)
  ws.on('close', () => {
    clearInterval(ping)
    clearTimeout(end)
    leave()
  })
  say(head)
}
