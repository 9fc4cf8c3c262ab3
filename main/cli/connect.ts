import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { copiesFor } from '../db/backup-folders.ts'
import type { FolderOwner } from '../db/trouble.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import type { Client } from '../rpc/dispatcher.ts'
import { BY_FILE } from '../web/session.ts'
import { CliError, TroubleExit } from './exits.ts'

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
  if (!makes && !existsSync(join(folder, 'daftar.db'))) throw noBook(folder)
  const engine = createEngine({ folder, host: { kind: 'cli' } })
  const { trouble } = engine.status()
  if (!trouble) return { client: engine.client('cli'), engine, close: () => engine.close() }
  const owner = engine.owner()
  engine.close()
  const remote = trouble.code === 'LOCKED' && owner ? await reach(owner) : null
  if (!remote) throw new TroubleExit(trouble)
  return remote
}

/** The folder is not there, or there is no book in it; then what there are backups of it. */
function noBook(folder: string): Error {
  if (!existsSync(folder)) return new TroubleExit({ code: 'FOLDER_MISSING', path: folder, detail: 'no daftar.db' })
  const copies = copiesFor(folder).filter(({ facts }) => facts !== null)
  const [newest] = copies
  if (!newest) return new CliError('noBook', { path: folder }, 2)
  return new CliError('noBookCopies', { path: folder, count: copies.length, file: newest.path }, 2)
}

/** The running engine over its socket, for the owner as ever, whoever works in its windows; null when it does not listen. */
async function reach({ address, token }: FolderOwner): Promise<Connection | null> {
  if (!address || !token) return null
  const { host, port } = new URL(address)
  const headers = { Cookie: `daftar_${port}=${token}`, [BY_FILE]: '1' }
  const socket = new WebSocket(`ws://${host}/rpc`, { origin: `http://${host}`, headers })
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  if (!opened) return null
  const client = createORPCClient(new RPCLink({ websocket: socket as never })) as Client
  return { client, engine: null, close: () => socket.close() }
}
