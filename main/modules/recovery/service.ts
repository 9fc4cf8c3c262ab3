import { rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RECOVERY_WAYS, type RecoveryProgress, type recovery } from '../../../shared/contract/recovery.ts'
import type { Ctx } from '../../engine/context.ts'
import type { JobOptions } from '../../engine/reader.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { streamed } from '../../rpc/stream.ts'
import { bringUpJob } from './bring-up.ts'
import { copiesOf } from './copies.ts'
import { type RecoveryProgress as Step, salvageJob } from './job.ts'
import { dropPrepared, freshTarget, keepPrepared, offer, readPrepared, stateOf } from './prepared.ts'
import { type Made, madeBook } from './report.ts'

/** The damaged file; everything here is refused while the book is anything else than damaged. */
function damagedFile(ctx: Ctx): string {
  if (ctx.trouble?.code !== 'DAMAGED') fail('NOT_DAMAGED')
  return join(ctx.folder, 'daftar.db')
}

const bytesOf = (file: string) =>
  ['', '-wal'].reduce((sum, end) => sum + (statSync(file + end, { throwIfNoEntry: false })?.size ?? 0), 0)

export const recoveryService: Service<typeof recovery> = {
  state: (ctx) => {
    const file = damagedFile(ctx)
    const books = RECOVERY_WAYS.flatMap((way) => readPrepared(ctx.folder, way, file)?.book ?? [])
    return { file, bytes: bytesOf(file), copies: copiesOf(ctx.folder), books }
  },

  prepare: (ctx, { way, owner_name }, { signal }) => {
    const file = damagedFile(ctx)
    return streamed<RecoveryProgress>(signal, async (tell, stop) => {
      const from = stateOf(file)
      const target = freshTarget(ctx.folder, way, ctx.ids.next())
      const now = ctx.clock.now()
      let last = 0
      const options: JobOptions<Step> = {
        signal: stop,
        onProgress: ({ phase, done, total }) => {
          // A few times a second is as fast as anybody reads; the beginning of a part is told at once.
          const at = ctx.clock.now()
          if (done > 0 && at - last < 200) return
          last = at
          tell({ phase, done, total, book: null })
        },
      }
      try {
        const made: Made =
          way === 'salvage'
            ? await ctx.reader.run(salvageJob(ctx.modules), { file, target, now, ownerName: owner_name }, options)
            : await bringUp(ctx, file, target, now, options)
        const book = madeBook(way, made, now)
        if (book.sound) keepPrepared(ctx.folder, target, from, book)
        else ctx.log.error('recovery.unsound', JSON.stringify(made.problems), { way })
        tell({ phase: 'done', done: 1, total: 1, book })
      } catch (error) {
        rmSync(dirname(target), { recursive: true, force: true })
        refuse(error)
      }
    })
  },

  use: (ctx, { way }) => {
    const file = damagedFile(ctx)
    const ready = readPrepared(ctx.folder, way, file)
    if (!ready) fail('NOT_PREPARED')
    if (!ctx.replaceBook) throw new Error('there is no engine that could change its book')
    offer(ctx.folder, ready.target)
    const { kept } = ctx.replaceBook()
    dropPrepared(ctx.folder)
    ctx.log.info('recovery.used', { way, kept })
    return { kept: kept ?? '' }
  },
}

function bringUp(ctx: Ctx, file: string, target: string, now: number, options: JobOptions<Step>) {
  const copies = copiesOf(ctx.folder).map((copy) => copy.file)
  if (copies.length === 0) fail('NO_SOUND_COPY')
  return ctx.reader.run(bringUpJob(ctx.modules), { file, target, now, copies }, options)
}

/** What a job threw, as the contract names it; of a TroubleError from another thread only the words are left. */
function refuse(error: unknown): never {
  const code = /^([A-Z_]+): /.exec((error as Error).message ?? '')?.[1]
  if (code === 'NEWER_DATABASE') fail('NEWER_BOOK')
  if (code === 'DISK_FULL') fail('DISK_FULL')
  if (code === 'OPEN_FAILED') fail('NO_SOUND_COPY')
  throw error
}
