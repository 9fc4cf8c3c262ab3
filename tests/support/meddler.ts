import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'

interface Answer {
  status: number
  text: string
}

/** What stands between a device and its server: carries everything, and gives other answers where the test says so. */
export interface Meddler {
  url: string
  /** null: carries what the server says. */
  meddle: ((path: string, answer: Answer) => Answer) | null
  stop(): void
}

export async function startMeddler(port: number): Promise<Meddler> {
  const to = { host: '127.0.0.1', port }
  async function pass(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = { ...asked.headers, 'accept-encoding': 'identity' }
    const came = await new Promise<IncomingMessage>((resolve, reject) => {
      const onward = request({ ...to, path: asked.url, method: asked.method, headers }, resolve)
      onward.on('error', reject)
      asked.pipe(onward)
    })
    const answer = { status: came.statusCode ?? 500, text: await text(came) }
    const said = meddler.meddle?.(asked.url ?? '', answer) ?? answer
    response.writeHead(said.status, { 'Content-Type': said.text.startsWith('<') ? 'text/html' : 'application/json' })
    response.end(said.text)
  }
  const server = createServer((asked, response) => {
    pass(asked, response).catch(() => response.destroy())
  })
  server.on('upgrade', (asked: IncomingMessage, socket) => {
    const onward = connect(to, () => {
      const lines = asked.rawHeaders.map((part, i) => (i % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join('')
      onward.write(`GET ${asked.url} HTTP/1.1\r\n${lines}\r\n`)
      onward.pipe(socket).pipe(onward)
    })
    for (const [end, other] of [
      [onward, socket],
      [socket, onward],
    ] as const) {
      end.on('error', () => other.destroy())
      end.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const meddler: Meddler = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    meddle: null,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
  return meddler
}
