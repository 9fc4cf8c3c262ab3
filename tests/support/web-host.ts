import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { Client } from '../../main/rpc/dispatcher.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The real browser host as a process of its own, as `npm start -- --web --no-open --port 0 --data DIR` would run it. */
export interface HostProcess {
  /** The whole address with the session in it. */
  url: string
  origin: string
  port: number
  token: string
  /** Everything it printed. */
  output(): string
  /** Its exit code, when it ends by itself. */
  ended: Promise<number | null>
  /** SIGTERM; resolves with the exit code when the folder is free again. */
  stop(): Promise<number | null>
  /** kill -9. */
  kill(): Promise<void>
}

export function startHost(dataDir: string, flags: string[] = []): Promise<HostProcess> {
  const script = `${root}dist/main/web.mjs`
  const child: ChildProcess = spawn(
    process.execPath,
    [script, '--no-open', '--port', '0', '--data', dataDir, ...flags],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exited
  }
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const url = /^Daftar is ready: (\S+)$/m.exec(output)?.[1]
      if (!url) return
      const { origin, port, searchParams } = new URL(url)
      resolve({
        url,
        origin,
        port: Number(port),
        token: searchParams.get('session') ?? '',
        ended: exited,
        output: () => output,
        stop: () => end('SIGTERM'),
        kill: () => end('SIGKILL').then(() => undefined),
      })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    void exited.then((code) => reject(new Error(`the host ended with ${code}: ${output}`)))
  })
}

export interface SocketOptions {
  origin?: string | null
  cookie?: string | null
}

/** A socket as the page opens it, or as someone else would. */
export function openSocket(
  host: Pick<HostProcess, 'port' | 'token' | 'origin'>,
  options: SocketOptions = {},
): WebSocket {
  const origin = options.origin === undefined ? host.origin : options.origin
  const cookie = options.cookie === undefined ? `daftar_${host.port}=${host.token}` : options.cookie
  return new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, {
    headers: { ...(origin ? { Origin: origin } : {}), ...(cookie ? { Cookie: cookie } : {}) },
  })
}

/** The contract client over a real socket. */
export function socketClient(host: Pick<HostProcess, 'port' | 'token' | 'origin'>): {
  client: Client
  socket: WebSocket
} {
  const socket = openSocket(host)
  const client = createORPCClient(new RPCLink({ websocket: socket as never })) as Client
  return { client, socket }
}
