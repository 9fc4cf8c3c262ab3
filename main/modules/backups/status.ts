import type { BackupFolder, BackupStatus } from '../../../shared/contract/backups.ts'
import { readMeta } from '../../db/migrate.ts'
import type { Ctx } from '../../engine/context.ts'
import { changesSince, foldersOf, siteOf } from './run.ts'
import { type Good, newestGood, readStore, type Store, stateOf } from './store.ts'
import { isBusy } from './turn.ts'

const DAY = 86_400_000
/** The newest good copy is too old after this; so is a chosen stick that nobody plugged in. */
const STALE_MS = 3 * DAY

/** From what is remembered: no drive is asked. */
export function statusOf(ctx: Ctx): BackupStatus {
  const store = readStore(ctx.folder)
  const now = ctx.clock.now()
  const newest = newestGood(store, siteOf(ctx))
  const changes = changesSince(ctx, newest)
  const folders = foldersOf(ctx, store).map((path, i) => folderOf(store, path, i === 0))
  const attention: BackupStatus['attention'] = []
  if (store.mass) attention.push('mass')
  if (now - goodUntil(ctx, newest, changes) > STALE_MS) attention.push('stale')
  if (folders.some((folder) => isFailing(folder, now))) attention.push('folder')
  return {
    newest: newest?.at ?? null,
    changes,
    attention,
    folders,
    mass: store.mass,
    running: isBusy(ctx),
    restored: restoredOf(ctx),
  }
}

/** A copy that was walked through again while nothing changed is as good as a new one; without any, the book's first change counts. */
function goodUntil(ctx: Ctx, newest: Good | null, changes: number): number {
  if (newest) return changes === 0 ? Math.max(newest.at, newest.checked) : newest.at
  const first = ctx.db.prepare('SELECT at FROM change_tx ORDER BY tx LIMIT 1').get() as { at: number } | undefined
  return first?.at ?? ctx.clock.now()
}

function folderOf(store: Store, path: string, usual: boolean): BackupFolder {
  const { good, failed } = stateOf(store, path)
  return { path, usual, newest: good?.at ?? null, trouble: failed?.trouble ?? null, since: failed?.since ?? null }
}

/** A stick is meant to be away most of the time; anything else that fails needs somebody now. */
function isFailing({ trouble, newest, since }: BackupFolder, now: number): boolean {
  if (trouble === null) return false
  return trouble !== 'ABSENT' || now - (newest ?? since ?? now) > STALE_MS
}

function restoredOf(ctx: Ctx): BackupStatus['restored'] {
  const text = readMeta(ctx.db, 'restored')
  if (!text) return null
  const { at, from } = JSON.parse(text) as { at: number; from: number | null }
  return { at, from }
}
