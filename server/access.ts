import { isUuid } from '../shared/sync/packed-ids.ts'
import type { App } from './app.ts'
import { type Host, sameText } from './host.ts'
import { Refusal } from './refusal.ts'
import type { DeviceRow, Gathered, MemberRow } from './store/store.ts'

/** Who asks. The tenant comes from here and from nowhere else. */
export interface Asker {
  readonly tenant: string
  readonly device: string
}

export const ACCESS_SECONDS = 15 * 60
const MOST_TOKENS = 20_000

/** tenant.device.end.signature. It carries no rights: those are read in the transaction of each request, so that a revocation holds at once. */
export function makeAccess(host: Host, secret: string, { tenant, device }: Asker): string {
  const body = `${tenant}.${device}.${host.now() + ACCESS_SECONDS * 1000}`
  return `${body}.${host.hmac(secret, body)}`
}

/** Tokens whose signature was looked at are remembered by their whole text: a device asks with the same one for a quarter of an hour. */
export function readAccess({ host, secret, signed }: App, token: string | null): Asker {
  const [tenant, device, end, signature] = (token ?? '').split('.')
  if (!isUuid(tenant) || !isUuid(device) || !end || !signature) throw new Refusal('unauthorized')
  if (!signed.has(token!)) {
    if (!sameText(signature, host.hmac(secret, `${tenant}.${device}.${end}`))) throw new Refusal('unauthorized')
    if (signed.size >= MOST_TOKENS) signed.clear()
    signed.add(token!)
  }
  if (!(Number(end) > host.now())) throw new Refusal('token_expired', { now: host.now() })
  return { tenant, device }
}

/** The device as the store knows it now. */
export function allowed(all: Gathered): { device: DeviceRow; member: MemberRow } {
  const { device, member } = all
  if (!device) throw new Refusal('unknown_device')
  if (device.revoked !== null) throw new Refusal('revoked', device.why ? { why: device.why } : {})
  return { device, member: member ?? { user: device.user, role: 'none', scopes: [] } }
}

export function ownerOnly(all: Gathered): void {
  if (allowed(all).member.role !== 'owner') throw new Refusal('forbidden')
}
