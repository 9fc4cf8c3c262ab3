/**
 * The thread the engine lives in. The host that owns it posts HostMessage and gets WorkerMessage; calls of screens go over ports the
 * host hands in, never through here.
 */
import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import type { HostActions } from './context.ts'
import { createEngine, type EngineStatus } from './engine.ts'

export interface WorkerData {
  folder: string
  createParents: boolean
  kind: HostActions['kind']
  /** The host can open a folder in the file manager. */
  opensFolders: boolean
  /** URL of the script that checks a file (main/engine/verify.ts, or its bundle). */
  verifier: string
}
export type HostMessage =
  | { type: 'connect'; port: MessagePort }
  | { type: 'announce'; address: string; token?: string }
  | { type: 'answer'; id: number; result: boolean }
  | { type: 'close' }
export type WorkerMessage =
  | { type: 'ready'; status: EngineStatus; owner: { address?: string; token?: string } | null }
  | { type: 'openFolder'; id: number; path: string }
  | { type: 'closed' }

const host = parentPort!
const data = workerData as WorkerData
const post = (message: WorkerMessage) => host.postMessage(message)

const asked = new Map<number, (result: boolean) => void>()
let lastId = 0
const openFolder = (path: string) =>
  new Promise<boolean>((resolve) => {
    asked.set(++lastId, resolve)
    post({ type: 'openFolder', id: lastId, path })
  })

/** Another thread reads the whole file, so that the first screen does not wait for it. */
const verify = (file: string) =>
  new Promise<string>((resolve, reject) => {
    const worker = new Worker(new URL(data.verifier), { workerData: { file } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })

// A frame that is no RPC message rejects inside the RPC library; it must not take the engine down.
process.on('unhandledRejection', (error) => process.stderr.write(`daftar: ${String(error)}\n`))

const engine = createEngine({
  folder: data.folder,
  createParents: data.createParents,
  host: { kind: data.kind, ...(data.opensFolders ? { openFolder } : {}) },
  verify,
})

host.on('message', (message: HostMessage) => {
  switch (message.type) {
    case 'connect':
      engine.connect(message.port)
      break
    case 'announce':
      engine.announce({ address: message.address, ...(message.token ? { token: message.token } : {}) })
      break
    case 'answer':
      asked.get(message.id)?.(message.result)
      asked.delete(message.id)
      break
    case 'close':
      engine.close()
      post({ type: 'closed' })
      host.close()
      break
  }
})
post({ type: 'ready', status: engine.status(), owner: engine.owner() })
