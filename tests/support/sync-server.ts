import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The sync server as a process of its own, as `npm run server` runs it: on PGlite in a folder. */
export interface SyncServer {
  url: string
  port: number
  /** Of the first owner; null when somebody has used it. */
  code: string | null
  /** SIGTERM; resolves when the folder is free again. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

/** @param database address of a PostgreSQL to run on instead */
export function startSyncServer(dataDir: string, port = 0, database?: string): Promise<SyncServer> {
  const { DATABASE_URL: _, ...others } = process.env
  const env = database ? { ...others, DATABASE_URL: database } : others
  const args = ['server/main.ts', '--port', String(port), '--data', dataDir]
  const child: ChildProcess = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exited
  }
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
        stop: () => end('SIGTERM'),
        kill: () => end('SIGKILL'),
      })
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.once('error', reject)
    void exited.then(() => reject(new Error(`the sync server ended: ${output}`)))
  })
}
