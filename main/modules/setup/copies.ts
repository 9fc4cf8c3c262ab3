import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FoundCopy } from '../../../shared/contract/setup.ts'
import { isCopyName } from '../../db/backup-name.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { type Place, removablePlaces } from '../backups/places.ts'
import { refuseCopy } from '../backups/restore.ts'
import { foldersOf } from '../backups/run.ts'
import { readStore } from '../backups/store.ts'
import { foundCopiesJob } from './found-copies.ts'

/** A dead network drive may not answer at all. */
const LOOK_MS = 3000
/** Folders of a drive that are looked into; a stick has a handful. */
const FOLDERS = 200

/** Every copy to begin from, newest first. @param places drives that can be taken out */
export async function findCopies(
  ctx: Ctx,
  places: readonly Place[] | null,
  signal?: AbortSignal,
): Promise<FoundCopy[]> {
  const known = foldersOf(ctx, readStore(ctx.folder))
  const drives = places ?? (await removablePlaces())
  const looks = [
    ...known.map((folder) => isCopyFolder(folder).then((is) => (is ? [folder] : []))),
    ...drives.map(({ path }) => copyFolders(path)),
  ]
  const folders = (await Promise.all(looks.map(inTime))).flat()
  return look(ctx, { folders: [...new Set(folders)] }, signal)
}

/** What is in a folder that somebody named, or the one copy; fails with BAD_COPY. */
export async function copiesAt(ctx: Ctx, typed: string, signal?: AbortSignal): Promise<FoundCopy[]> {
  const place = typed.replace(/^["'«]|["'»]$/g, '').trim()
  const entry = await stat(place).catch(() => null)
  if (!entry) fail('BAD_COPY', { why: 'missing' })
  if (entry.isDirectory()) return look(ctx, { folders: await copyFolders(place) }, signal)
  return look(ctx, { folders: [], file: place }, signal).catch(refuseCopy)
}

function look(ctx: Ctx, input: { folders: string[]; file?: string }, signal?: AbortSignal): Promise<FoundCopy[]> {
  const schema = ctx.db.raw.pragma('user_version', { simple: true }) as number
  return ctx.reader.run(foundCopiesJob, { ...input, schema }, { signal })
}

/** Where in a folder people have copies: in itself, in a folder of it, in the data folder that somebody put there. */
async function copyFolders(outer: string): Promise<string[]> {
  const entries = await readdir(outer, { withFileTypes: true }).catch(() => [])
  const inner = entries.filter((entry) => entry.isDirectory()).slice(0, FOLDERS)
  const folders = [outer, ...inner.flatMap(({ name }) => [join(outer, name), join(outer, name, 'backups')])]
  const have = await Promise.all(folders.map(isCopyFolder))
  return folders.filter((_, i) => have[i])
}

const isCopyFolder = (folder: string): Promise<boolean> =>
  readdir(folder).then(
    (names) => names.some(isCopyName),
    () => false,
  )

const inTime = (looking: Promise<string[]>): Promise<string[]> =>
  Promise.race([looking, pause(LOOK_MS, [], { ref: false })])
