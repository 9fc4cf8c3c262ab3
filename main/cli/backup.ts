import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BackupProgress } from '../../shared/contract/backups.ts'
import { defaultFolder } from '../db/folder.ts'
import { restoreAlone } from '../modules/backups/alone.ts'
import type { Args } from './args.ts'
import type { Outcome, Run } from './commands.ts'
import { connect } from './connect.ts'
import { TroubleExit } from './exits.ts'
import type { Say } from './text.ts'

/** Into the folders that were chosen in the settings, or into one alone. */
export const backup: Run = async ({ client }, args, say, note) => {
  const folder = args.rest[0]
  const steps = await client.backups.run(folder ? { folder: resolve(folder) } : {})
  const { files, failed } = await follow(steps, args, say, note)
  const lines = files.map((file) => say('cli:backedUp', { file }))
  for (const one of failed)
    lines.push(say('cli:backupFailed', { folder: one.folder, reason: say(`backups:folderTrouble.${one.trouble}`) }))
  return { ok: failed.length === 0, data: { files, failed }, lines }
}

/** What a copy can be put in the place of though it cannot be opened; a full disk or a locked folder is no reason to. */
const REPLACEABLE = new Set(['DAMAGED', 'NOT_A_DATABASE', 'MIGRATION_FAILED', 'NEWER_DATABASE', 'OPEN_FAILED'])

/** Also where there is no book yet (a new PC), or one that does not open: that one is kept beside it. */
export async function restoreFrom(args: Args, say: Say, note: (line: string) => void): Promise<Outcome> {
  const folder = resolve(args.data ?? defaultFolder())
  const file = resolve(args.rest[0]!)
  const open = await reach(folder)
  let present: string | null = null
  let kept: string | null = null
  if (open) {
    try {
      const { files } = await follow(await open.client.backups.restore({ file }), args, say, note)
      present = files[0] ?? null
    } finally {
      open.close()
    }
  } else kept = restoreAlone(folder, file, Date.now(), args.data === null)
  // The last word has the book itself: it opens, and this is in it.
  const at = await connect(folder, false)
  try {
    const { customers } = await at.client.system.data()
    const lines = [say('cli:restored', { file, count: customers })]
    if (present) lines.push(say('cli:restoredPresent', { file: present }))
    if (kept) lines.push(say('cli:restoredKept', { folder: kept }))
    return { ok: true, data: { file, customers, present, kept }, lines }
  } finally {
    at.close()
  }
}

/** The book, when it is open or can be opened and somebody has begun to use it. */
async function reach(folder: string) {
  if (!existsSync(join(folder, 'daftar.db'))) return null
  try {
    const at = await connect(folder, false)
    if ((await at.client.system.status()).set_up) return at
    at.close()
    return null
  } catch (error) {
    if (error instanceof TroubleExit && REPLACEABLE.has(error.trouble.code)) return null
    throw error
  }
}

async function follow(
  steps: AsyncIterable<BackupProgress>,
  { json }: Args,
  say: Say,
  note: (line: string) => void,
): Promise<Pick<BackupProgress, 'files' | 'failed'>> {
  let end: Pick<BackupProgress, 'files' | 'failed'> = { files: [], failed: [] }
  for await (const { step, done, total, files, failed } of steps) {
    if (step === 'done') end = { files, failed }
    else if (!json && process.stderr.isTTY) note(say('cli:progress', { done, total }))
  }
  return end
}
