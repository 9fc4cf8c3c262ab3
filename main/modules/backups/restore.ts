import { rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BackupProgress } from '../../../shared/contract/backups.ts'
import type { CopyFacts } from '../../db/backup-facts.ts'
import { backupsFolder } from '../../db/backup-name.ts'
import type { PrepareInput } from '../../db/backup-prepare.ts'
import { tellsOfDamage } from '../../db/damaged.ts'
import { readMeta } from '../../db/migrate.ts'
import { TroubleError } from '../../db/trouble.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { connectionOf } from '../../sync/carry.ts'
import { lookJob, prepareJob } from './jobs.ts'
import { backUp, foldersOf, goodOf, lastTx } from './run.ts'
import { ended, stepper } from './steps.ts'
import { updateStore } from './store.ts'
import { inTurn } from './turn.ts'

/**
 * The present book is copied and checked, the chosen copy is made ready beside it and checked, and then the two change places and every window
 * begins anew. Until then nothing has happened; meanwhile the book can be read but not changed, so that nothing is written that the copy of the
 * present lacks. A present in which nothing was ever written needs no copy; one that is damaged has none, and is kept as it is. Fails with BAD_COPY, BACKUP_RUNNING, DISK_FULL …; the book is then
 * as it was.
 */
export async function restore(
  ctx: Ctx,
  file: string,
  tell: (progress: BackupProgress) => void,
  signal: AbortSignal,
): Promise<BackupProgress> {
  const { replaceBook } = ctx
  if (!replaceBook) throw new Error('there is no engine that could change its book')
  return inTurn(ctx, signal, async (stop) => {
    ctx.db.raw.pragma('query_only = ON')
    let present: string | typeof DAMAGED | null
    let facts: CopyFacts
    const input = prepared(ctx, file)
    try {
      // A file that cannot be used is refused before a copy of the present is made for nothing.
      await ctx.reader.run(lookJob, { file, schema: input.schema }, { signal: stop }).catch(refuseCopy)
      present = lastTx(ctx) > 0 ? await copyPresent(ctx, tell, stop).catch(tornOnly) : null
      facts = await ctx.reader
        .run(prepareJob, input, { signal: stop, onProgress: stepper(ctx, tell) })
        .catch(refuseCopy)
    } catch (error) {
      ctx.db.raw.pragma('query_only = OFF')
      throw error
    }
    const { kept } = replaceBook()
    // The present is in a checked copy, or empty; what was put aside is only that again, unless nothing else is left of it.
    const before = present === DAMAGED ? kept && join(kept, 'daftar.db') : present
    if (kept && present !== DAMAGED) rmSync(kept, { recursive: true, force: true })
    // What is fine or too much was about the book that went.
    updateStore(ctx.folder, (store) => {
      store.mass = null
      store.settled = 0
      // The copy holds what the book holds now: nothing has to be copied before something changes.
      const folder = dirname(file)
      if (facts.reason && foldersOf(ctx, store).includes(folder)) {
        const good = goodOf(
          { path: file, bytes: statSync(file).size, facts: { ...facts, site: input.site } },
          ctx.clock.now(),
        )
        store.folders[folder] = { good, failed: null }
      }
    })
    ctx.log.info('backups.restored', { file, present: before })
    return ended({ files: before ? [before] : [] })
  })
}

/** Whatever met the damage first. */
function tornOnly(error: unknown): typeof DAMAGED {
  if (tellsOfDamage(`${(error as { code?: string }).code} ${error}`)) return DAMAGED
  throw error
}

/** Instead of the file of a copy. */
const DAMAGED = Symbol('damaged')

/** Gives the file; DAMAGED when the book cannot be copied because it is torn, which is what a restore is for. */
async function copyPresent(
  ctx: Ctx,
  tell: (progress: BackupProgress) => void,
  signal: AbortSignal,
): Promise<string | typeof DAMAGED> {
  const [made] = await backUp(ctx, {
    reason: 'restore',
    folders: [backupsFolder(ctx.folder)],
    thins: false,
    signal,
    onProgress: stepper(ctx, tell, 'present'),
  })
  signal.throwIfAborted()
  if (made?.trouble && tellsOfDamage(made.detail)) return DAMAGED
  if (!made?.made) fail(made?.trouble === 'FULL' ? 'DISK_FULL' : 'READ_ONLY')
  return made.made.path
}

/** For prepareBook: a new life of the book, whose clock goes on from where the present one is. */
function prepared(ctx: Ctx, copy: string): PrepareInput {
  return {
    copy,
    folder: ctx.folder,
    now: ctx.clock.now(),
    site: ctx.ids.next().replaceAll('-', '').slice(-16),
    hlc: Number(readMeta(ctx.db, 'hlc') ?? 0),
    connection: connectionOf(ctx.db),
    schema: ctx.db.raw.pragma('user_version', { simple: true }) as number,
  }
}

const WHY = {
  FOLDER_MISSING: 'missing',
  DAMAGED: 'damaged',
  NOT_A_DATABASE: 'not_a_book',
  NEWER_DATABASE: 'newer',
} as const

/** What a TroubleError about a copy is to the contract; from another thread only its words are left. */
export function refuseCopy(error: unknown): never {
  const code =
    error instanceof TroubleError ? error.trouble.code : /^([A-Z_]+): /.exec((error as Error).message ?? '')?.[1]
  const why = code && WHY[code as keyof typeof WHY]
  if (why) fail('BAD_COPY', { why })
  throw error
}
