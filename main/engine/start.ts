import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { Client } from '../rpc/dispatcher.ts'
import type { HostActions, HostNotice } from './context.ts'
import type { EngineStatus } from './engine.ts'
import type { HostMessage, WorkerData, WorkerMessage } from './worker.ts'

export interface StartOptions {
  folder: string
  createParents?: boolean
  kind: HostActions['kind']
  openFolder?: (path: string) => Promise<boolean>
  notify?: (notice: HostNotice) => Promise<boolean>
  /** The system's safe for secrets, where it is a real one. */
  safe?: Required<Pick<HostActions, 'seal' | 'unseal'>>
  /** Told when the thread ends by itself (out of memory, a bug): the host says so and leaves. */
  onCrash?: (error: Error) => void
}

/** The engine as its host sees it: a thread that ports are handed to. */
export interface RunningEngine {
  status: EngineStatus
  /** Where the process listens that holds the folder, when status.trouble is LOCKED and it left word. */
  owner: { address?: string; token?: string } | null
  /** The near end of a new connection. Closing it ends the calls made over it. `by.file`: whoever holds the folder itself (Ctx.byFile). */
  connect(by?: { file: boolean }): MessagePort
  /** The contract client of the host itself. */
  client(): Client
  announce(at: { address: string; token?: string }): void
  /** Resolves when the book is closed and the folder is free. */
  close(): Promise<void>
}

/** In the sources the threads are .ts files beside this one, in a bundle .mjs files beside the bundle. */
const beside = (name: string) =>
  new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.mjs'}`, import.meta.url)

/** As of the reader's threads (reader.ts): what is read row by row is swept early instead of piling up. */
const MAX_YOUNG_MB = 24

/** Starts the engine's thread; resolves when the book is open or the trouble is known. */
export function startEngine(options: StartOptions): Promise<RunningEngine> {
  const data: WorkerData = {
    folder: options.folder,
    createParents: options.createParents ?? false,
    kind: options.kind,
    opensFolders: options.openFolder !== undefined,
    notifies: options.notify !== undefined,
    seals: options.safe !== undefined,
    reader: beside('reader-worker').href,
  }
  const worker = new Worker(beside('worker'), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_MB },
  })
  const post = (message: HostMessage, transfer: MessagePort[] = []) => worker.postMessage(message, transfer)
  let closing = false
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))

  const connect = (by = { file: false }) => {
    const { port1, port2 } = new MessageChannel()
    post({ type: 'connect', port: port2, byFile: by.file }, [port2])
    return port1
  }
  const running = (status: EngineStatus, owner: RunningEngine['owner']): RunningEngine => ({
    status,
    owner,
    connect,
    client() {
      const port = connect()
      const link = new RPCLink({ port: port as never })
      port.start()
      port.unref()
      return createORPCClient(link) as Client
    },
    announce: (at) => post({ type: 'announce', ...at }),
    async close() {
      if (!closing) post({ type: 'close' })
      closing = true
      await ended
    },
  })
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'ready') resolve(running(message.status, message.owner))
      if (message.type === 'ready' || message.type === 'closed') return
      const answer = (result: boolean | string | null) => post({ type: 'answer', id: message.id, result })
      Promise.resolve(ofHost(options, message) ?? false).then(answer, () => answer(false))
    })
    const crashed = (error: Error) => {
      reject(error)
      if (!closing) options.onCrash?.(error)
      closing = true
    }
    worker.once('error', crashed)
    worker.once('exit', (code) => crashed(new Error(`the engine ended with code ${code}`)))
  })
}

function ofHost(options: StartOptions, message: Exclude<WorkerMessage, { type: 'ready' | 'closed' }>) {
  if (message.type === 'notify') return options.notify?.(message.notice)
  if (message.type === 'openFolder') return options.openFolder?.(message.path)
  return options.safe?.[message.type](message.text)
}
