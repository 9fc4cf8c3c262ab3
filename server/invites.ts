import type { Host } from './host.ts'
import type { InviteRow } from './store/store.ts'

/** Crockford's letters without those that are taken for digits; I, L, O are read as 1, 1, 0. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const INVITE_MS = 15 * 60_000
/** Of an owner, printed at the start of a server that nobody uses yet. */
export const FIRST_INVITE_MS = 24 * 60 * 60_000

/** 10 characters, 50 bits. */
export function newCode(host: Host): string {
  return [...host.random(10)].map((byte) => LETTERS[byte & 31]).join('')
}

/** What is stored: the code's hash, from the code as a person types it. */
export function codeHash(host: Host, typed: string): string {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return host.sha256(`invite ${code}`)
}

export function newInvite(
  host: Host,
  of: Pick<InviteRow, 'user' | 'role' | 'scopes'>,
  ms: number,
): { code: string; invite: InviteRow } {
  const code = newCode(host)
  return { code, invite: { ...of, code: codeHash(host, code), expires: host.now() + ms, used: null } }
}
