import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The sync server as a process of its own, as `npm run server` runs it without DATABASE_URL: on PGlite in a folder. */
export interface SyncServer {
  url: string
  port: number
  /** Of the first owner; null when somebody has used it. */
  code: string | null
  /** SIGTERM; resolves when the folder is free again. */
  stop(): Promise<void>
}

export function startSyncServer(dataDir: string, port = 0): Promise<SyncServer> {
  const { DATABASE_URL: _, ...env } = process.env
  const args = ['server/main.ts', '--port', String(port), '--data', dataDir]
  const child: ChildProcess = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const url = /^Daftar sync server: (\S+)$/m.exec(output)?.[1]
      const code = /^Owner's code .*: (\S+)$/m.exec(output)?.[1]
      if (!url || (!code && port === 0)) return
      resolve({
        url,
        port: Number(new URL(url).port),
        code: code ?? null,
        stop: () => {
          child.kill('SIGTERM')
          return exited
        },
      })
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.once('error', reject)
    void exited.then(() => reject(new Error(`the sync server ended: ${output}`)))
  })
}
