/**
 * The thread the engine lives in. The host that owns it posts HostMessage and gets WorkerMessage; calls of screens go over ports the
 * host hands in, never through here.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { HostActions, HostNotice } from './context.ts'
import { createEngine, type EngineStatus } from './engine.ts'
import { threadReader } from './reader.ts'

export interface WorkerData {
  folder: string
  createParents: boolean
  kind: HostActions['kind']
  /** The host can open a folder in the file manager. */
  opensFolders: boolean
  /** The host can show a notification of the system. */
  notifies: boolean
  /** The host has the system's safe for secrets. */
  seals: boolean
  /** URL of the reader's script (main/engine/reader-worker.ts, or its bundle). */
  reader: string
}
export type HostMessage =
  | { type: 'connect'; port: MessagePort; byFile: boolean }
  | { type: 'announce'; address: string; token?: string }
  | { type: 'answer'; id: number; result: boolean | string | null }
  | { type: 'close' }
export type WorkerMessage =
  | { type: 'ready'; status: EngineStatus; owner: { address?: string; token?: string } | null }
  | { type: 'openFolder'; id: number; path: string }
  | { type: 'notify'; id: number; notice: HostNotice }
  | { type: 'seal' | 'unseal'; id: number; text: string }
  | { type: 'closed' }

const host = parentPort!
const data = workerData as WorkerData
const post = (message: WorkerMessage) => host.postMessage(message)

const asked = new Map<number, (result: boolean | string | null) => void>()
let lastId = 0
/** Asks the host for something it alone can do; it says whether it did, or what came of it. */
const ask = (message: (id: number) => WorkerMessage) =>
  new Promise<boolean | string | null>((resolve) => {
    asked.set(++lastId, resolve)
    post(message(lastId))
  })
const openFolder = async (path: string) => (await ask((id) => ({ type: 'openFolder', id, path }))) === true
const notify = async (notice: HostNotice) => (await ask((id) => ({ type: 'notify', id, notice }))) === true
const safe = (type: 'seal' | 'unseal') => async (text: string) => {
  const result = await ask((id) => ({ type, id, text }))
  return typeof result === 'string' ? result : null
}

// A frame that is no RPC message rejects inside the RPC library; it must not take the engine down.
process.on('unhandledRejection', (error) => process.stderr.write(`daftar: ${String(error)}\n`))

const engine = createEngine({
  folder: data.folder,
  createParents: data.createParents,
  host: {
    kind: data.kind,
    ...(data.opensFolders ? { openFolder } : {}),
    ...(data.notifies ? { notify } : {}),
    ...(data.seals ? { seal: safe('seal'), unseal: safe('unseal') } : {}),
  },
  reader: threadReader(new URL(data.reader)),
  examines: true,
  chores: true,
})

host.on('message', (message: HostMessage) => {
  switch (message.type) {
    case 'connect':
      engine.connect(message.port, { byFile: message.byFile })
      break
    case 'announce':
      engine.announce({ address: message.address, ...(message.token ? { token: message.token } : {}) })
      break
    case 'answer':
      asked.get(message.id)?.(message.result)
      asked.delete(message.id)
      break
    case 'close':
      void engine.leave().finally(() => {
        post({ type: 'closed' })
        host.close()
      })
      break
  }
})
post({ type: 'ready', status: engine.status(), owner: engine.owner() })
