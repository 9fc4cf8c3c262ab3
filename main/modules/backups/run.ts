import { mkdirSync } from 'node:fs'
import type { CopyProgress, MadeCopy } from '../../db/backup-copy.ts'
import type { Copy } from '../../db/backup-list.ts'
import { backupsFolder, type Reason } from '../../db/backup-name.ts'
import { tellsOfDamage } from '../../db/damaged.ts'
import { readMeta } from '../../db/migrate.ts'
import type { Ctx } from '../../engine/context.ts'
import { backupJob, type FolderResult, listJob } from './jobs.ts'
import { type Good, newestGood, readStore, type Store, stateOf, updateStore } from './store.ts'

/** Where copies go, the surest first. */
export const foldersOf = (ctx: Ctx, store: Store): string[] => [backupsFolder(ctx.folder), ...store.settings.folders]

/** The last change of the book: 0 when there is none. */
export const lastTx = (ctx: Ctx): number =>
  (ctx.db.prepare('SELECT coalesce(max(tx), 0) AS tx FROM change_tx').get() as { tx: number }).tx

export const siteOf = (ctx: Ctx): string | null => readMeta(ctx.db, 'site')

/** How many changes the book has that this copy has not; all of them when it is of another life of the book. */
export function changesSince(ctx: Ctx, good: Good | null): number {
  if (!good || good.site !== siteOf(ctx)) return lastTx(ctx)
  return Math.max(0, lastTx(ctx) - good.tx)
}

export interface BackupOptions {
  reason: Reason
  folders: string[]
  /** A copy that is up to date: the folders get that one, and the book is left alone. */
  from?: string | null
  /** False: nothing older is removed, not even what has its time; before a restore the copy that was chosen must stay. */
  thins?: boolean
  signal?: AbortSignal | undefined
  onProgress?: (value: CopyProgress & { folder: string }) => void
}

/**
 * Copies into these folders, and remembers how that went with each. Rejects only when it was stopped or nothing at all could be tried.
 * A mass change that it finds is remembered, and from then on nothing older is thinned.
 */
export async function backUp(ctx: Ctx, options: BackupOptions): Promise<FolderResult[]> {
  const store = readStore(ctx.folder)
  const at = ctx.clock.now()
  mkdirSync(backupsFolder(ctx.folder), { recursive: true, mode: 0o700 })
  const { mass, results } = await ctx.reader.run(
    backupJob,
    {
      file: ctx.db.file,
      folders: options.folders,
      from: options.from ?? null,
      at,
      reason: options.reason,
      since: newestGood(store, siteOf(ctx)),
      settled: store.settled,
      frozen: options.thins === false ? Number.MAX_SAFE_INTEGER : (store.mass?.before ?? null),
    },
    { signal: options.signal, ...(options.onProgress && { onProgress: options.onProgress }) },
  )
  updateStore(ctx.folder, (now) => {
    for (const result of results) remember(now, result, at)
    const first = results.find(({ made }) => made)?.made
    const took = ctx.clock.now() - at
    if (first && took > 0 && !options.from) now.pace = took / first.bytes
    if (mass) now.mass ??= mass
  })
  for (const { folder, trouble, detail } of results) {
    if (trouble) ctx.log.info('backups.failed', { folder, trouble, detail })
    // A copy that turns out torn may be that of a torn book.
    if (trouble && tellsOfDamage(detail)) ctx.suspectFile?.()
  }
  return results
}

function remember(store: Store, { folder, made, trouble }: FolderResult, at: number): void {
  const state = stateOf(store, folder)
  if (made) store.folders[folder] = { good: goodOf(made, at), failed: null }
  else if (trouble) {
    const since = state.failed?.trouble === trouble ? state.failed.since : at
    store.folders[folder] = { ...state, failed: { at, trouble, since } }
  }
}

/** A copy as it is remembered. @param checked epoch ms at which it was last walked through */
export function goodOf({ path, bytes, facts }: Pick<MadeCopy, 'path' | 'bytes' | 'facts'>, checked: number): Good {
  const { at, tx, seq, site, counts } = facts
  return { file: path, at, bytes, checked, tx, seq, site, counts }
}

/** What is really in the folders; copies that somebody took away or a disk spoiled are no longer remembered as good. */
export async function lookInto(ctx: Ctx, folders: string[]): Promise<Copy[]> {
  const copies = await ctx.reader.run(listJob, { folders })
  const book = readMeta(ctx.db, 'device')
  updateStore(ctx.folder, (store) => {
    for (const folder of foldersOf(ctx, store)) {
      if (!folders.includes(folder)) continue
      const state = stateOf(store, folder)
      const there = copies.filter((c) => c.folder === folder && c.facts?.reason && c.facts.book === book)
      // A stick that is not plugged in still has what it had.
      if (there.length === 0 && folder !== backupsFolder(ctx.folder)) continue
      const site = siteOf(ctx)
      const newest = there.find((c) => c.facts?.site === site) ?? there[0]
      const known = there.find((c) => c.path === state.good?.file && c.bytes === state.good.bytes)
      // What was remembered knows more: a copy that was restored holds this life of the book, though it says another.
      const isBetter =
        newest?.facts && (!known || (newest.facts.site === site && newest.facts.at > (state.good?.at ?? 0)))
      if (!newest?.facts) store.folders[folder] = { ...state, good: null }
      else if (isBetter)
        store.folders[folder] = { ...state, good: goodOf({ ...newest, facts: newest.facts }, newest.facts.at) }
    }
  })
  return copies
}
