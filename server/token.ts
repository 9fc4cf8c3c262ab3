import { signedText, type TokenReply, type TokenRequest } from '../shared/sync/membership.ts'
import { ACCESS_SECONDS, allowed, makeAccess } from './access.ts'
import type { App } from './app.ts'
import { Refusal } from './refusal.ts'
import { type DeviceRow, NoTenant } from './store/store.ts'

/** How long a batch that comes again is answered as it was. */
const BATCH_MS = 90 * 86_400_000

/** A new access token for a refresh token that is then used up (SYNC.md 11). */
export async function renew(app: App, request: TokenRequest): Promise<TokenReply> {
  const t1 = app.host.now()
  const { tenant, device: id } = request
  const given = app.host.sha256(request.token)
  const outcome = await app.store
    .tenant(tenant, 'write', async (tx) => {
      const all = await tx.gather(id)
      const { device, member } = known(app, request, given, all)
      const next = rotate(device, request, given)
      if (next === 'reuse') {
        // Somebody else holds this device's token: both are out, and the owner sees why.
        await tx.saveDevice({ ...device, revoked: t1, why: 'reuse' })
        return { reuse: true as const }
      }
      await tx.saveDevice({ ...next, seen: t1 })
      // Here because every device comes by, and not often.
      await tx.dropBatches(t1 - BATCH_MS)
      return { reuse: false as const, member }
    })
    .catch((error) => {
      // The same answer as for a wrong signature: nobody learns which businesses are here.
      throw error instanceof NoTenant ? new Refusal('unauthorized') : error
    })
  if (outcome.reuse) {
    app.metrics.add('tokens_reused_total')
    app.host.log('token.reuse', { tenant, device: id })
    throw new Refusal('revoked', { why: 'reuse' })
  }
  return {
    user: outcome.member.user,
    role: outcome.member.role,
    access: makeAccess(app.host, app.secret, { tenant, device: id }),
    expires_in: ACCESS_SECONDS,
    t1,
    t2: app.host.now(),
  }
}

/** Only who holds the device's key may learn, or break, anything. */
function known(app: App, request: TokenRequest, given: string, all: Parameters<typeof allowed>[0]) {
  if (!all.device) throw new Refusal('unknown_device')
  const text = signedText('token', request.tenant, request.device, request.gen, given, request.next)
  if (!app.host.verify(all.device.key, text, request.sig)) throw new Refusal('unauthorized')
  return allowed(all)
}

const KEPT = 50
const SHORT = 16

/**
 * `before` holds the short hashes of the tokens that were used up, the newest last. With them a request that was answered long ago and comes
 * once more (a proxy kept it) is told from a copy of the token at work, which asks for another `next`: that one puts the device out.
 */
function rotate(device: DeviceRow, { gen, next }: TokenRequest, given: string): DeviceRow | 'reuse' {
  if (gen === device.gen && given === device.token) {
    const before = (device.before + given.slice(0, SHORT)).slice(-KEPT * SHORT)
    return { ...device, token: next, before, gen: gen + 1 }
  }
  // Renewed more often than this server knows: it was put back to an older day, the key vouches for the device.
  if (gen > device.gen) return { ...device, token: next, before: given.slice(0, SHORT), gen: gen + 1 }
  const ago = device.gen - gen
  const used = `${device.before}${device.token.slice(0, SHORT)}`
  const at = used.length - (ago + 1) * SHORT
  if (at < 0 || used.slice(at, at + SHORT) !== given.slice(0, SHORT)) throw new Refusal('unauthorized')
  if (used.slice(at + SHORT, at + 2 * SHORT) !== next.slice(0, SHORT)) return 'reuse'
  // The answer got lost, and the same question comes again.
  if (ago === 1) return device
  throw new Refusal('unauthorized')
}
