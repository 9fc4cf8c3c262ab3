import { ORPCError } from '@orpc/client'
import type { TFunction } from 'i18next'

/** The code of anything thrown by a call: the contract's code, or CONNECTION_LOST when no answer came. */
export function errorCode(error: unknown): string {
  return error instanceof ORPCError ? String(error.code) : 'CONNECTION_LOST'
}

/** The sentence for an error, from `errors:<CODE>` with the error's data as values. */
export function errorText(t: TFunction, error: unknown): string {
  const code = errorCode(error)
  const data = error instanceof ORPCError && typeof error.data === 'object' ? error.data : {}
  return String(t([`errors:${code}`, 'common:error.unknown'], { ...data, code }))
}
