import { randomUUID } from 'node:crypto'
import type { MessagePort } from 'node:worker_threads'
import type { InferContractRouterOutputs } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import type { Contract } from '../../shared/contract/index.ts'
import { DEVICE_DEFAULTS, type Device } from '../../shared/contract/settings.ts'
import type { Trouble } from '../../shared/contract/system.ts'
import { preparedFile, swapBack, swapIn } from '../db/backup-swap.ts'
import { closeUntouched } from '../db/damaged.ts'
import { type Owned, takeFolder } from '../db/folder.ts'
import type { Db } from '../db/open.ts'
import { isFileGone, writeAnew } from '../db/put-back.ts'
import { toTrouble } from '../db/sqlite-errors.ts'
import { type FolderOwner, TroubleError } from '../db/trouble.ts'
import { modules as allModules } from '../modules/index.ts'
import type { Module } from '../modules/module.ts'
import { seatOf } from '../modules/users/seat.ts'
import { listUsers, ownerOf } from '../modules/users/service.ts'
import { type CallContext, type Client, createLocalClient, createRouter } from '../rpc/dispatcher.ts'
import type { Service } from '../rpc/service.ts'
import { type Book, closeBook, closeFile, closeUnsure, openBook } from './book.ts'
import { startChores } from './chores.ts'
import type { Clock, Ctx, CtxUser, HostActions, Ids, Log } from './context.ts'
import { damageOf } from './damage.ts'
import { uuidV7 } from './ids.ts'
import { Live } from './live.ts'
import { fileLog } from './log.ts'
import { inlineReader, quickCheck, type Reader } from './reader.ts'
import { readVersion } from './version.ts'

export interface EngineOptions {
  folder: string
  host: HostActions
  /** Makes missing parents of the folder; only for the folder nobody chose by hand. */
  createParents?: boolean
  clock?: Clock
  ids?: Ids
  log?: Log
  modules?: readonly Module[]
  /** Who a connection speaks for; whoever works at this PC when not given. Read anew for every call. */
  signIn?: (ctx: Ctx) => CtxUser | null
  /** Where long reading runs; in this thread when not given. */
  reader?: Reader
  /** Looks at the file after an unclean end, without holding anyone up. The command line lives too short for that. */
  examines?: boolean
  /** Does what modules do by the minute and at the end (Module.chore); for a host that stays. */
  chores?: boolean
}

const NO_CALL = { signal: undefined }
/** How often the engine of a host that stays looks whether its file is still there. */
const WATCH_MS = 5000

export type EngineStatus = InferContractRouterOutputs<Contract>['system']['status']

export interface Engine {
  status(): EngineStatus
  /** Who holds the folder, when that is the trouble. */
  owner(): FolderOwner | null
  /** Serves the contract over a port until it closes. `byFile`: whoever is behind it holds the folder itself (Ctx). */
  connect(port: MessagePort, from?: { origin?: string; byFile?: boolean }): void
  /** The same without a wire, for the command line and tests. */
  client(origin?: string): Client
  /** A context as a call of this origin would get it; throws in trouble. */
  ctx(origin?: string): Ctx
  /** Leaves word in the lock file where this engine listens. */
  announce(at: { address: string; token?: string }): void
  /** What modules do before the end (a backup, for seconds at most), then close(). */
  leave(): Promise<void>
  /** Checkpoint, clean mark, lock removed. Safe to call twice. */
  close(): void
}

/** Opens the folder and serves it; in trouble (newer database, locked, damaged …) it starts all the same and says so in system.status. */
export function createEngine(options: EngineOptions): Engine {
  const clock = options.clock ?? { now: () => Date.now() }
  const ids = options.ids ?? uuidV7(clock)
  const log = options.log ?? fileLog(options.folder, clock)
  const modules = options.modules ?? allModules
  const live = new Live()
  const reader = options.reader ?? inlineReader()
  const version = readVersion()
  const ports = new Set<MessagePort>()
  let book: Book | null = null
  let trouble: Trouble | null = null
  let examining: Book | null = null
  let owner: FolderOwner | null = null
  let address: { address: string; token?: string } | null = null

  const damage = damageOf(options.folder, reader, log)

  const base = (origin: string, user: CtxUser | null) => {
    const { host, folder } = options
    return { clock, ids, log, live, reader, modules, host, folder, origin, user, replaceBook, suspectFile, trouble }
  }
  const suspectFile = () => void (book && examine(book))
  const makeCtx = (db: Db, origin: string, byFile = options.host.kind === 'cli'): Ctx => {
    const ctx: Ctx = { db, ...base(origin, null), byFile }
    if (options.signIn) return { ...ctx, user: options.signIn(ctx) }
    if (byFile) return { ...ctx, user: ownerOf(ctx) }
    const seat = seatOf(db)
    return { ...ctx, user: seat?.locked ? null : (seat?.user ?? null), locked: seat?.locked ?? false }
  }
  /** For the few procedures that answer without a book; touching `db` in it is a mistake of theirs. */
  const bare = (origin: string): Ctx =>
    Object.defineProperty(base(origin, null), 'db', {
      get() {
        throw new Error('the book is not open')
      },
    }) as Ctx
  const ctxOf = (origin: string, byFile?: boolean) => (book ? makeCtx(book.db, origin, byFile) : bare(origin))
  const callContext = (origin: string, byFile?: boolean): CallContext => ({
    makeCtx: () => ctxOf(origin, byFile),
    hasBook: () => book !== null,
    onDamage: suspectFile,
  })

  const open = (owned?: Owned) => {
    try {
      book = openBook(options.folder, {
        owned,
        now: clock.now(),
        createParents: options.createParents ?? false,
        makeCtx: (db) => ({ db, ...base('engine', null) }),
      })
      trouble = owner = null
      if (address) book.owned.announce(address)
      log.info('engine.open', { schema: book.schema, unclean: book.unclean })
      if (book.unclean && options.examines) void examine(book)
      opened(makeCtx(book.db, 'engine'))
    } catch (error) {
      const failure = toTrouble(error, options.folder, 'OPEN_FAILED')
      trouble = damage.orDamaged(failure.trouble)
      owner = failure.owner
      // A folder that is not ours, or that cannot be written to, gets no line from us either.
      if (trouble.code !== 'LOCKED') log.error('engine.trouble', error, { code: trouble.code })
    }
  }

  /** What a module cannot tidy up does not keep the book shut. */
  const opened = (ctx: Ctx) => {
    for (const module of modules) {
      try {
        module.opened?.(ctx)
      } catch (error) {
        log.error('engine.opened', error, { module: module.name })
      }
    }
  }

  /** A file that SQLite finds damaged is not written to any further: the screen says what can be done. */
  const examine = async (seen: Book) => {
    if (examining === seen) return
    examining = seen
    // A check that could not run has found nothing.
    const found = await reader
      .run(quickCheck, { file: seen.db.file })
      .catch((error: unknown) => log.error('engine.examine', error))
    examining = null
    if (!found || book !== seen) return
    if (found === 'ok') return damage.forget()
    log.error('engine.damaged', found)
    book = null
    closeUntouched(seen.db)
    damage.remember(seen.db.file, found)
    seen.owned.release()
    trouble = { code: 'DAMAGED', path: seen.db.file, detail: found.slice(0, 500) }
    live.emit({ tables: ['meta'], change: null, origin: '' })
  }

  const replaceBook = () => {
    const before = book
    const owned = before?.owned ?? takeFolder(options.folder, clock.now())
    book = null
    const unfinished = before && closeFile(before)
    if (unfinished) log.error('engine.close', unfinished)
    let kept: string | null
    try {
      kept = swapIn(owned.folder, clock.now())
    } catch (error) {
      open(owned)
      throw error
    }
    open(owned)
    const failed = trouble
    if (failed && kept) {
      log.error('engine.replace', failed)
      const again = takeFolder(options.folder, clock.now())
      swapBack(again.folder, kept)
      open(again)
    }
    live.emit({ tables: ['book'], change: null, origin: '' })
    if (!failed) damage.forget()
    if (failed) throw new TroubleError(failed.code, failed.path, failed.detail)
    return { kept }
  }

  /** A book deleted under us is written again: without that, what is saved from then on would be gone with this process. */
  const putBack = () => {
    if (!book || !isFileGone(book.db)) return
    try {
      writeAnew(book.db, preparedFile(options.folder))
      replaceBook()
      log.info('engine.fileWasGone', { path: book.db.file })
    } catch (error) {
      log.error('engine.fileIsGone', error)
    }
  }

  const status = (from = ctxOf('engine')): EngineStatus => {
    const people = book ? listUsers(from) : []
    const { kind } = options.host
    const set_up = people.some(({ role, left }) => role === 'owner' && !left)
    const user = people.find(({ id }) => id === from.user?.id) ?? null
    const locked = from.locked ?? false
    return { name: 'daftar', version, schema: book?.schema ?? 0, host: kind, trouble, set_up, user, locked }
  }

  const services: Record<string, object> = Object.fromEntries(modules.map((module) => [module.name, module.service]))
  const device = (services['settings'] as { device?: (ctx: Ctx) => Device } | undefined)?.device
  const router = createRouter(
    {
      ...services,
      settings: { ...services['settings'], device: (ctx: Ctx) => (book && device ? device(ctx) : DEVICE_DEFAULTS) },
      system: {
        ...services['system'],
        status: (ctx: Ctx) => status(ctx),
        check: async (ctx: Ctx) => {
          const report = await (services['system'] as Pick<Service<Contract['system']>, 'check'>).check(
            ctx,
            undefined,
            NO_CALL,
          )
          // Before the command line goes, which has nobody to be told later.
          if (book && report.problems.some(({ code }) => code === 'INTEGRITY')) await examine(book)
          return report
        },
        retry: async () => {
          if (!book) await damage.lookAgain()
          if (!book) {
            open()
            live.emit({ tables: ['meta'], change: null, origin: '' })
          }
          return status()
        },
      },
    },
    log,
  )
  const handler = new RPCHandler<CallContext>(router)

  open()
  const chores = options.chores ? startChores(modules, () => book && makeCtx(book.db, 'engine')) : null
  const watching = options.chores ? setInterval(putBack, WATCH_MS).unref() : undefined
  const close = () => {
    clearInterval(watching)
    putBack()
    for (const port of ports) port.close()
    const closing = book
    book = null
    if (closing && examining === closing) return closeUnsure(closing)
    const unfinished = closing && closeBook(closing)
    if (unfinished) log.error('engine.close', unfinished)
  }
  return {
    status,
    owner: () => owner,
    connect(port, { origin = randomUUID(), byFile } = {}) {
      ports.add(port)
      port.on('close', () => ports.delete(port))
      handler.upgrade(port as never, { context: callContext(origin, byFile) })
      port.start()
    },
    client: (origin = 'local') => createLocalClient(router, callContext(origin)),
    ctx(origin = 'local') {
      if (!book) throw new Error(`the book is not open: ${trouble?.code}`)
      return makeCtx(book.db, origin)
    },
    announce(at) {
      address = at
      book?.owned.announce(at)
    },
    close,
    async leave() {
      await chores?.leave()
      close()
    },
  }
}
