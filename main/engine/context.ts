import type { Trouble } from '../../shared/contract/system.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { Db } from '../db/open.ts'
import type { Module } from '../modules/module.ts'
import type { SyncParts } from '../sync/parts.ts'
import type { Live } from './live.ts'
import type { Reader } from './reader.ts'

/** Epoch milliseconds. The only source of time in main/. */
export interface Clock {
  now(): number
}
/** The only source of new identities in main/. */
export interface Ids {
  /** UUIDv7, growing within this process. */
  next(): string
}
/** Structured lines for support; never customer data, never secrets. */
export interface Log {
  info(event: string, data?: Record<string, unknown>): void
  error(event: string, error: unknown, data?: Record<string, unknown>): void
}
export interface CtxUser {
  id: string
  name: string
  role: Role
}

export interface HostNotice {
  title: string
  body: string
  path: string
}

/** What a host can do for the engine; absent where it cannot. */
export interface HostActions {
  kind: 'desktop' | 'web' | 'cli' | 'test'
  openFolder?(path: string): Promise<boolean>
  /** A notification of the system; pressing it shows the window at `path` ('/tasks?open=…'). False when the system shows none. */
  notify?(notice: HostNotice): Promise<boolean>
  /** The system's safe for secrets of this user: what `seal` gives only this user of this computer can `unseal`. null: it could not. */
  seal?(text: string): Promise<string | null>
  unseal?(sealed: string): Promise<string | null>
  /** What sync takes from outside, in place of the real network and time. */
  sync?: SyncParts
}

/**
 * First parameter of every service. Nothing in main/ lives at module level: a test makes its own.
 * `user` is null before the first run and while the screen is locked; the dispatcher has checked the permission before a service sees it.
 */
export interface Ctx {
  db: Db
  clock: Clock
  ids: Ids
  log: Log
  live: Live
  /** Long reading, off this thread. */
  reader: Reader
  /** Every module of this engine: what undo, check and rebuilds ask for a table's owner. */
  modules: readonly Module[]
  host: HostActions
  /** The data folder; the book is `daftar.db` in it. */
  folder: string
  user: CtxUser | null
  /** Nobody is signed in because the screen of this PC is locked, not because there is nobody. Absent without an engine. */
  locked?: boolean
  /** The caller holds the folder itself (the command line): speaks for the owner, and no PIN stands between. */
  byFile?: boolean
  /**
   * Makes the prepared file (main/db/backup-prepare.ts) the book, opens it, and has every window begin anew; also when no book is open. Gives
   * the folder in which the one before is kept (null: there was none). When the new one does not open, the one before is put back and this
   * throws TroubleError. Absent in a context without an engine.
   */
  replaceBook?: () => { kept: string | null }
  /** Has the book's file looked at: what should not fail did. Absent in a context without an engine. */
  suspectFile?: () => void
  /** Why there is no book, for the few procedures that answer without one; null while it is open. Absent without an engine. */
  trouble?: Trouble | null
  /** The connection a call came from; its own changes come back in `live` marked with it. */
  origin: string
}
