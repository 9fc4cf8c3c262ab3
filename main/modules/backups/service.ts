import type { BackupProgress, backups } from '../../../shared/contract/backups.ts'
import { backupsFolder } from '../../db/backup-name.ts'
import { readMeta } from '../../db/migrate.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { streamed } from '../../rpc/stream.ts'
import { connectionOf } from '../../sync/carry.ts'
import { countAlive, inspectJob, toCopy } from './inspect.ts'
import { verifyJob } from './jobs.ts'
import { chosenFolder, removablePlaces } from './places.ts'
import { refuseCopy, restore } from './restore.ts'
import { backUp, foldersOf, lookInto } from './run.ts'
import { statusOf } from './status.ts'
import { ended, stepper } from './steps.ts'
import { readStore, updateStore } from './store.ts'
import { inTurn, tell } from './turn.ts'

const schemaOf = (ctx: Ctx) => ctx.db.raw.pragma('user_version', { simple: true }) as number
const bookOf = (ctx: Ctx) => readMeta(ctx.db, 'device') ?? ''

export const backupsService: Service<typeof backups> = {
  status: (ctx) => statusOf(ctx),
  list: async (ctx, { folder }) => {
    const usual = foldersOf(ctx, readStore(ctx.folder))
    const copies = await lookInto(ctx, folder && !usual.includes(folder) ? [...usual, folder] : usual)
    return copies.map((copy) => toCopy(copy, bookOf(ctx), schemaOf(ctx)))
  },
  run: (ctx, { folder }, { signal }) =>
    streamed<BackupProgress>(signal, async (say, stop) => {
      const folders = folder ? [await chosenFolder(folder, '', [])] : foldersOf(ctx, readStore(ctx.folder))
      const results = await inTurn(ctx, stop, (both) =>
        backUp(ctx, { reason: 'hand', folders, signal: both, onProgress: stepper(ctx, say) }),
      )
      return ended({
        files: results.flatMap(({ made }) => made?.path ?? []),
        failed: results.flatMap(({ folder, trouble }) => (trouble ? { folder, trouble } : [])),
      })
    }),
  verify: (ctx, { file }, { signal }) =>
    streamed<BackupProgress>(signal, (say, stop) =>
      inTurn(ctx, stop, async (both) => {
        const step = stepper(ctx, say)
        const onProgress = (value: { done: number; total: number }) => step({ step: 'verify', ...value })
        await ctx.reader.run(verifyJob, { file }, { signal: both, onProgress }).catch(refuseCopy)
        return ended({ files: [file] })
      }),
    ),
  inspect: async (ctx, { file }, { signal }) => {
    const inside = await ctx.reader.run(inspectJob, { file }, { signal }).catch(refuseCopy)
    const now = countAlive(ctx.db.raw)
    const copy = toCopy(inside, bookOf(ctx), schemaOf(ctx))
    const counts = (Object.keys(now) as (keyof typeof now)[]).map((table) => ({
      table,
      copy: inside.counts[table],
      now: now[table],
    }))
    const shared = !connectionOf(ctx.db) ? 'no' : copy.own ? 'stays' : 'leaves'
    return { copy, counts, changes: inside.changes, later: laterChanges(ctx, inside.facts), shared }
  },
  restore: (ctx, { file }, { signal }) =>
    streamed<BackupProgress>(signal, (say, stop) => restore(ctx, file, say, stop)),
  settings: (ctx) => readStore(ctx.folder).settings,
  set: async (ctx, { folders, every_hours, on_exit }) => {
    const before = readStore(ctx.folder).settings.folders
    const chosen: string[] = []
    for (const typed of folders ?? []) {
      const folder = await chosenFolder(typed, ctx.folder, before)
      if (chosen.includes(folder)) fail('BAD_FOLDER', { why: 'twice' })
      chosen.push(folder)
    }
    const { settings } = updateStore(ctx.folder, (store) => {
      if (folders) store.settings.folders = chosen
      if (every_hours !== undefined) store.settings.every_hours = every_hours
      if (on_exit !== undefined) store.settings.on_exit = on_exit
      const used = [backupsFolder(ctx.folder), ...store.settings.folders]
      store.folders = Object.fromEntries(Object.entries(store.folders).filter(([folder]) => used.includes(folder)))
    })
    tell(ctx)
    return settings
  },
  places: () => removablePlaces(),
  settle: (ctx) => {
    const { seq } = ctx.db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM change').get() as { seq: number }
    updateStore(ctx.folder, (store) => {
      store.mass = null
      store.settled = seq
    })
    tell(ctx)
    return statusOf(ctx)
  },
}

/** Only within one life of the book do its changes count on from those of the copy. */
function laterChanges(ctx: Ctx, { site, book, tx }: { site: string; book: string; tx: number }): number | null {
  if (book !== bookOf(ctx) || site !== readMeta(ctx.db, 'site')) return null
  const row = ctx.db.prepare('SELECT count(*) AS n FROM change_tx WHERE tx > ?').get(tx) as { n: number }
  return row.n
}
