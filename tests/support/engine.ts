import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { createEngine, type Engine, type EngineOptions } from '../../main/engine/engine.ts'
import type { Client } from '../../main/rpc/dispatcher.ts'

export interface TestEngine extends Engine {
  folder: string
  /** What the log was told as an error. */
  errors: unknown[]
  /** A connection over a real MessagePort, as a window has it. */
  window(): { client: Client; port: MessagePort }
  /** Closes and removes the folder. */
  remove(): void
}

/** An engine on a folder of its own (or a given one), in this thread. */
export function testEngine(options: Partial<EngineOptions> = {}): TestEngine {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'daftar-engine-'))
  const errors: unknown[] = []
  const log = { info() {}, error: (event: string, error: unknown) => void errors.push([event, error]) }
  const engine = createEngine({ host: { kind: 'test' }, log, ...options, folder })
  const ends: MessagePort[] = []
  return {
    ...engine,
    folder,
    errors,
    window() {
      const { port1, port2 } = new MessageChannel()
      engine.connect(port2)
      ends.push(port1)
      const client = createORPCClient(new RPCLink({ port: port1 as never })) as Client
      port1.start()
      return { client, port: port1 }
    },
    remove() {
      for (const port of ends) port.close()
      engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const firstRun = {
  business_name: 'فروشگاه آفتاب',
  owner_name: 'مریم رضایی',
  trade: 'shop',
  money_unit: 'toman',
} as const
