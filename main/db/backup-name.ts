import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { toJalali, wallTime } from '../../shared/domain/jalali.ts'

/** Why a copy was made. The last two are made right before something that cannot be taken back otherwise. */
export const REASONS = ['auto', 'exit', 'hand', 'migration', 'restore'] as const
export type Reason = (typeof REASONS)[number]

/** Folder of the copies that are always made, beside the book. */
export const backupsFolder = (dataFolder: string): string => join(dataFolder, 'backups')

const two = (n: number) => String(n).padStart(2, '0')

/**
 * daftar-1405-09-01-0930.db: Jalali day and time in Tehran, Latin digits, so that names sort by time on every system. No name of the business
 * is in it: it would tell a finder of the stick whose book this is, and could hold what a file name may not.
 * @param schema of the book that will be changed, with 'migration'
 */
export function copyName(at: number, reason: Reason, schema?: number): string {
  const { day, time } = wallTime(at)
  const { jy, jm, jd } = toJalali(day)
  const before = reason === 'migration' ? `-before-v${schema}` : reason === 'restore' ? '-before-restore' : ''
  return `daftar-${jy}-${two(jm)}-${two(jd)}-${time.slice(0, 5).replace(':', '')}${before}.db`
}

/** `before-v2.db` is what the first version called the copy it made before a migration. */
export const isCopyName = (name: string): boolean =>
  /^daftar-\d{4}-\d{2}-\d{2}-\d{4}(-before-[\w-]+)?(-\d+)?\.db$/.test(name) || /^before-v\d+\.db$/.test(name)

/** A path in `folder` that nothing has yet: no copy is ever written over. */
export function freePath(folder: string, name: string): string {
  const stem = name.replace(/\.db$/, '')
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? name : `${stem}-${n}.db`)
    if (!existsSync(path)) return path
  }
}
