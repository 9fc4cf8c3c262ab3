import { stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ctx } from '../../engine/context.ts'
import { verifyJob } from './jobs.ts'
import { backUp, changesSince, foldersOf, lookInto, siteOf } from './run.ts'
import { newestGood, readStore, type Store, stateOf, updateStore } from './store.ts'
import { inTurn, isBusy, settleTurn } from './turn.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The first copy of a new book, and the next try after one that failed. */
const SOON = 10 * MINUTE
/** What an exit waits for at most. A book too large for that is copied soon after the next start instead, when it is still the same. */
const EXIT_MS = 5000
/** Until it was measured on this PC: 40 MB a second, copied and checked. */
const USUAL_PACE = 1 / 40_000
/** A dead network drive may not answer at all. */
const LOOK_MS = 3000

/** What is to be done now, if anything. */
export type Due =
  | { what: 'copy'; folders: string[] }
  /** Folders that lack the newest copy, which is still up to date. */
  | { what: 'carry'; folders: string[]; from: string }
  /** Nothing changed, so the newest copy is as good as a new one, if it can still be read. */
  | { what: 'check'; file: string }
  | null

/** The book: changes since the newest copy, when the first change of all was made, and which life of it this is. */
export interface BookNow {
  changes: number
  began: number | null
  site: string | null
}

/**
 * @param started when the program was, just after that: a copy at the exit before it would have left no changes, so that one was missed
 */
export function due(store: Store, folders: string[], book: BookNow, now: number, started: number | null): Due {
  const newest = newestGood(store, book.site)
  const canTry = (folder: string) => {
    const failed = stateOf(store, folder).failed
    return !failed || failed.trouble === 'ABSENT' || Math.abs(now - failed.at) >= SOON
  }
  if (book.changes > 0) {
    const waited = Math.abs(now - (newest?.at ?? book.began ?? now))
    // Restored from a file that is in none of the folders: nothing here has what the book holds now.
    const isNewLife = newest !== null && newest.site !== book.site
    const isTime = isNewLife || waited >= (newest ? store.settings.every_hours * HOUR : SOON)
    const missed = started !== null && newest !== null && newest.at < started && store.settings.on_exit
    const open = folders.filter(canTry)
    return (isTime || missed) && open.length > 0 ? { what: 'copy', folders: open } : null
  }
  if (!newest) return null
  const lacking = folders.filter((folder) => {
    const { good } = stateOf(store, folder)
    return canTry(folder) && (good?.site !== newest.site || good.tx < newest.tx)
  })
  if (lacking.length > 0) return { what: 'carry', folders: lacking, from: newest.file }
  return Math.abs(now - newest.checked) >= DAY ? { what: 'check', file: newest.file } : null
}

/** Called once a minute while the book is open, and once soon after the program was started (`started`, epoch ms). */
export async function everyMinute(ctx: Ctx, started: number | null): Promise<void> {
  if (isBusy(ctx)) return
  const here = await present(foldersOf(ctx, readStore(ctx.folder)))
  if (started !== null) await lookInto(ctx, [...here])
  const store = readStore(ctx.folder)
  const next = due(
    store,
    foldersOf(ctx, store).filter((folder) => here.has(folder)),
    bookOf(ctx, store),
    ctx.clock.now(),
    started,
  )
  noteAbsent(ctx, store, here)
  if (!next || isBusy(ctx)) return
  await inTurn(ctx, undefined, async (signal) => {
    if (next.what === 'copy') await backUp(ctx, { reason: 'auto', folders: next.folders, signal })
    if (next.what === 'carry') await backUp(ctx, { reason: 'auto', folders: next.folders, from: next.from, signal })
    if (next.what === 'check') await checkAgain(ctx, next.file, signal)
  })
}

/** At the end: a copy of what changed, if that is done within seconds. Never rejects, never takes much longer than `limit`. */
export async function atExit(ctx: Ctx, underWay: Promise<void> = Promise.resolve(), limit = EXIT_MS): Promise<void> {
  const stop = new AbortController()
  const over = pause(limit, undefined, { signal: stop.signal }).catch(() => {})
  try {
    await Promise.race([underWay, over])
    await settleTurn(ctx, over)
    const store = readStore(ctx.folder)
    const { changes } = bookOf(ctx, store)
    if (!store.settings.on_exit || changes === 0) return
    const bytes = (ctx.db.raw.pragma('page_count', { simple: true }) as number) * 4096
    if (bytes * (store.pace ?? USUAL_PACE) > limit) return
    const here = await present(foldersOf(ctx, store))
    const work = inTurn(ctx, undefined, (signal) => backUp(ctx, { reason: 'exit', folders: [...here], signal }))
    await Promise.race([work.catch(() => {}), over])
    await settleTurn(ctx, Promise.resolve())
  } catch (error) {
    ctx.log.error('backups.exit', error)
  } finally {
    stop.abort()
  }
}

function bookOf(ctx: Ctx, store: Store): BookNow {
  const began = ctx.db.prepare('SELECT at FROM change_tx ORDER BY tx LIMIT 1').get() as { at: number } | undefined
  const site = siteOf(ctx)
  return { changes: changesSince(ctx, newestGood(store, site)), began: began?.at ?? null, site }
}

/** Which folders are here now; the usual one always is, as it is made when missing. Asks off this thread, and not for long. */
async function present(folders: readonly string[]): Promise<Set<string>> {
  const looks = folders.map(async (folder, i) => {
    if (i === 0) return folder
    const found = stat(folder).then(
      (entry) => entry.isDirectory(),
      () => false,
    )
    return (await Promise.race([found, pause(LOOK_MS, false, { ref: false })])) ? folder : null
  })
  return new Set((await Promise.all(looks)).flatMap((folder) => folder ?? []))
}

/** A chosen folder that is away is a state of its own, and so is its return. */
function noteAbsent(ctx: Ctx, store: Store, here: ReadonlySet<string>): void {
  const now = ctx.clock.now()
  const news = store.settings.folders.filter(
    (folder) => here.has(folder) === (stateOf(store, folder).failed?.trouble === 'ABSENT'),
  )
  if (news.length === 0) return
  updateStore(ctx.folder, (changed) => {
    for (const folder of news) {
      const failed = here.has(folder) ? null : ({ at: now, trouble: 'ABSENT', since: now } as const)
      changed.folders[folder] = { ...stateOf(changed, folder), failed }
    }
  })
}

async function checkAgain(ctx: Ctx, file: string, signal: AbortSignal): Promise<void> {
  let good = true
  try {
    await ctx.reader.run(verifyJob, { file }, { signal })
  } catch (error) {
    if (signal.aborted) return
    good = false
    ctx.log.error('backups.check', error, { file })
  }
  updateStore(ctx.folder, (store) => {
    for (const state of Object.values(store.folders)) {
      if (state.good?.file !== file) continue
      if (good) state.good.checked = ctx.clock.now()
      else state.good = null
    }
  })
}
