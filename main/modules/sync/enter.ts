import type { SyncStatus } from '../../../shared/contract/sync.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import { Refused, Unreachable } from '../../sync/parts.ts'
import { register } from '../../sync/register.ts'
import { takeSeatTx } from '../users/seat.ts'
import { clientOf, deviceName, keepDeviceName, partsOf } from './client-of.ts'
import { statusOf } from './status.ts'

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** What a person types: a name with or without http(s); without encryption only to this computer. */
function addressOf(typed: string): string {
  const text = typed.trim().replace(/\/+$/, '')
  try {
    const bare = !/^[a-z]+:\/\//i.test(text)
    const url = new URL(bare ? `https://${text}` : text)
    if (bare && LOOPBACK.test(url.hostname)) url.protocol = 'http:'
    const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
    if (safe && url.username === '' && url.hostname !== '') return url.origin
  } catch {
    // Below.
  }
  return fail('SYNC_BAD_ADDRESS')
}

const UNREACHABLE = {
  network: 'SYNC_UNREACHABLE',
  not_daftar: 'SYNC_NOT_DAFTAR',
  certificate: 'SYNC_CERTIFICATE',
} as const

/** The server's refusal as an error of the contract. */
export function refuse(error: unknown): never {
  if (error instanceof Unreachable) return fail(UNREACHABLE[error.why])
  if (!(error instanceof Refused)) throw error
  if (error.code === 'bad_invite' && error.reply.why === 'other_user') return fail('SYNC_OTHER_USER')
  if (error.code === 'bad_invite') return fail('SYNC_BAD_CODE')
  if (error.code === 'other_tenant') return fail('SYNC_OTHER_BUSINESS')
  if (error.code === 'revoked') return fail('SYNC_REVOKED')
  if (error.code === 'forbidden') return fail('FORBIDDEN')
  return fail('SYNC_REFUSED', { code: error.code })
}

/** This device becomes one of a business, and begins to work there. */
export async function enter(
  ctx: Ctx,
  input: { address: string; code: string; device_name?: string | undefined },
  signal: AbortSignal | undefined,
): Promise<SyncStatus> {
  const address = addressOf(input.address)
  const name = deviceName(ctx, input.device_name)
  const client = clientOf(ctx)
  keepDeviceName(ctx, name)
  const user = ctx.user?.id ?? ctx.ids.next()
  const joining = { address, code: input.code, name, platform: process.platform, user }
  const state = await register(ctx, partsOf(ctx), joining, signal).catch(refuse)
  // As soon as the user's row is here, and before all the rest is.
  if (!ctx.user) write(ctx, 'users.enter', (tx) => takeSeatTx(tx, state.user))
  client.stop()
  client.start()
  client.kick()
  return statusOf(ctx)
}
