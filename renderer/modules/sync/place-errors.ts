import { ORPCError } from '@orpc/client'
import type { TFunction } from 'i18next'
import { errorCode, errorText } from '../../api/errors.ts'

export interface PlaceErrors {
  address?: string
  code?: string
  /** Of neither field. */
  other?: string
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Under which field a refusal belongs, and its sentence. */
export function placeErrors(t: TFunction, error: unknown, typed: { address: string }): PlaceErrors {
  const code = errorCode(error)
  const text = errorText(t, error)
  switch (code) {
    case 'SYNC_BAD_ADDRESS':
      return { address: isOpenHttp(typed.address) ? t('sync:form.httpOnly') : text }
    case 'SYNC_UNREACHABLE':
    case 'SYNC_NOT_DAFTAR':
    case 'SYNC_CERTIFICATE':
      return { address: text }
    case 'SYNC_BAD_CODE':
    case 'SYNC_OTHER_BUSINESS':
    case 'SYNC_OTHER_USER':
      return { code: text }
    case 'SYNC_REFUSED': {
      const why = error instanceof ORPCError ? (error.data as { code?: string } | undefined)?.code : undefined
      return { other: String(t([`sync:code.${why}`, `errors:${code}`])) }
    }
    default:
      return { other: text }
  }
}

function isOpenHttp(address: string): boolean {
  try {
    const { protocol, hostname } = new URL(address.trim())
    return protocol === 'http:' && !LOOPBACK.test(hostname)
  } catch {
    return false
  }
}
