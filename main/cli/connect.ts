import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { FolderOwner } from '../db/trouble.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import type { Client } from '../rpc/dispatcher.ts'
import { TroubleExit } from './exits.ts'

/** A book as the command line reaches it: its own engine, or the one that is running. */
export interface Connection {
  client: Client
  /** null: another process owns the folder, and calls go to it. */
  engine: Engine | null
  close(): void
}

/**
 * Opens the folder, or sends the calls to the engine that owns it. `makes`: the command may begin a new book; the others never leave
 * a folder or file behind where there was none.
 */
export async function connect(folder: string, makes: boolean): Promise<Connection> {
  if (!makes && !existsSync(join(folder, 'daftar.db'))) {
    throw new TroubleExit({ code: 'FOLDER_MISSING', path: folder, detail: 'no daftar.db' })
  }
  const engine = createEngine({ folder, host: { kind: 'cli' } })
  const { trouble } = engine.status()
  if (!trouble) return { client: engine.client('cli'), engine, close: () => engine.close() }
  const owner = engine.owner()
  engine.close()
  const remote = trouble.code === 'LOCKED' && owner ? await reach(owner) : null
  if (!remote) throw new TroubleExit(trouble)
  return remote
}

/** The running engine over its socket, as a window of its own would; null when it does not listen. */
async function reach({ address, token }: FolderOwner): Promise<Connection | null> {
  if (!address || !token) return null
  const { host, port } = new URL(address)
  const headers = { Cookie: `daftar_${port}=${token}` }
  const socket = new WebSocket(`ws://${host}/rpc`, { origin: `http://${host}`, headers })
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  if (!opened) return null
  const client = createORPCClient(new RPCLink({ websocket: socket as never })) as Client
  return { client, engine: null, close: () => socket.close() }
}
