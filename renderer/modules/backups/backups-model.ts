import type { TFunction } from 'i18next'
import { formatDateTime, formatNumber, type Lang } from '../../../shared/domain/format.ts'
import type { Outputs } from '../../api/client.ts'
import { errorText } from '../../api/errors.ts'

export type Status = Outputs['backups']['status']
export type Copy = Outputs['backups']['list'][number]
export type Inside = Outputs['backups']['inspect']

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** «۱٫۵ مگابایت»: one decimal below ten. */
export function sizeText(t: TFunction, bytes: number, language: Lang): string {
  const at = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const n = bytes / 1024 ** at
  return `${formatNumber(n < 10 && at > 0 ? Math.round(n * 10) / 10 : Math.round(n), language)} ${t(`settings:data.${UNITS[at]}`)}`
}

export const whenText = (at: number | null, language: Lang): string | null =>
  at === null ? null : formatDateTime(at, Date.now(), language)

/** Last part of a path, whichever system it is of: what people call a stick. */
export const lastPart = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path

/** An example of a path as this PC writes them, kept from left to right within a Persian sentence. */
export const exampleOf = (usual: string, kind: 'folder' | 'file'): string => {
  const isWindows = /^[A-Za-z]:|^\\\\/.test(usual)
  const folder = isWindows ? 'E:\\Daftar' : '/media/usb/Daftar'
  const path = kind === 'folder' ? folder : `${folder}${isWindows ? '\\' : '/'}daftar-1405-09-01-0930.db`
  return `\u2066${path}\u2069`
}

/** BAD_COPY and BAD_FOLDER with their reason; anything else as everywhere. */
export function troubleText(t: TFunction, error: unknown, example: string): string {
  const { code, data } = error as { code?: string; data?: { why?: string } }
  if (code === 'BAD_COPY' && data?.why) return String(t(`backups:copyTrouble.${data.why}`))
  if (code === 'BAD_FOLDER' && data?.why) return String(t(`backups:badFolder.${data.why}`, { example }))
  return errorText(t, error)
}

/** Good ones of this book, newest first, are what people look for; a page of them, and how many more there are. */
export function shownCopies(copies: readonly Copy[], isAll: boolean): { shown: readonly Copy[]; more: number } {
  const limit = isAll ? copies.length : 8
  return { shown: copies.slice(0, limit), more: Math.max(0, copies.length - limit) }
}
