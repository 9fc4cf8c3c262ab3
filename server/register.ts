import { type RegisterReply, type RegisterRequest, signedText } from '../shared/sync/membership.ts'
import { SCOPE_ALL, SCOPE_HOME, SCOPE_SHARED } from '../shared/sync/scope.ts'
import { ACCESS_SECONDS, makeAccess } from './access.ts'
import type { App } from './app.ts'
import { codeHash } from './invites.ts'
import { Refusal } from './refusal.ts'
import { rightsOf, WRITE } from './rights.ts'
import type { Gathered, InviteRow, MemberRow, SiteRow, TenantTx } from './store/store.ts'

/** A device joins with an invite (SYNC.md 11). The same request again, after a lost answer, is answered the same. */
export async function register(app: App, request: RegisterRequest): Promise<RegisterReply> {
  const t1 = app.host.now()
  const { device, site } = request
  const text = signedText('register', request.invite, device, site, request.next)
  if (!app.host.verify(request.key, text, request.sig)) throw new Refusal('bad_request', { why: 'signature' })
  const code = codeHash(app.host, request.invite)
  const tenant = await app.store.tenantOfInvite(code)
  if (!tenant) throw new Refusal('bad_invite')
  if (request.tenant !== null && request.tenant !== tenant) throw new Refusal('other_tenant')
  return app.store.tenant(tenant, 'write', async (tx) => {
    const invite = await tx.invite(code)
    if (!invite) throw new Refusal('bad_invite')
    let all = await tx.gather(device)
    const again = invite.used === device && all.device?.key === request.key
    if (!again) {
      if (invite.used !== null || invite.expires < t1) throw new Refusal('bad_invite')
      // The colleague of a device stays who it was: nobody gets another's customers by a code that lies about, or works under another's name.
      if (request.tenant !== null && invite.user !== null && invite.user !== request.user)
        throw new Refusal('bad_invite', { why: 'other_user' })
      if (all.device) throw new Refusal('bad_request', { why: 'device' })
      all = await join(app, tx, all, invite, request)
      // The code of a device that was shut out since is a used one.
    } else if (all.device!.revoked !== null) throw new Refusal('bad_invite')
    const member = all.member!
    const now = app.host.now()
    return {
      tenant,
      device,
      user: member.user,
      role: member.role,
      epoch: all.state.epoch,
      head: all.state.head,
      granted: rightsOf(member, all.scopes).granted.map(([s, r]) => [s, r]),
      access: makeAccess(app.host, app.secret, { tenant, device }),
      expires_in: ACCESS_SECONDS,
      t1,
      t2: now,
    }
  })
}

async function join(
  app: App,
  tx: TenantTx,
  all: Gathered,
  invite: InviteRow,
  request: RegisterRequest,
): Promise<Gathered> {
  const user = invite.user ?? request.user
  const known = (await tx.members()).find((m) => m.user === user)
  // Who may choose the user may not choose one who has rights already; only the operator's own invite may (a book restored on a new PC).
  if (known && invite.user === null && invite.role !== 'owner') throw new Refusal('bad_invite', { why: 'user' })
  const member: MemberRow = {
    user,
    role: known?.role === 'owner' ? 'owner' : invite.role,
    scopes: invite.scopes ??
      known?.scopes ?? [
        [SCOPE_SHARED, WRITE],
        [SCOPE_HOME, WRITE],
      ],
  }
  const now = app.host.now()
  const device = {
    id: request.device,
    user,
    name: request.name,
    platform: request.platform,
    key: request.key,
    recipient: null,
    token: request.next,
    before: '',
    gen: 0,
    registered: now,
    seen: now,
    revoked: null,
    why: null,
  }
  await tx.saveInvite({ ...invite, used: device.id })
  await tx.saveMember(member)
  await tx.addScopes(member.scopes.map(([s]) => s).filter((s) => s !== SCOPE_ALL))
  await tx.saveDevice(device)
  const held = all.sites.find((s) => s.id === request.site)
  const owner = held && (await tx.devices()).find((d) => d.id === held.device)
  // A site goes over to a new device only from one that is revoked: the same book, registered anew.
  if (owner && owner.revoked === null) throw new Refusal('forbidden', { why: 'site' })
  const site: SiteRow = held
    ? { ...held, device: device.id }
    : { id: request.site, device: device.id, parent: null, fork: 0, last: 0, hash: '' }
  await tx.saveSite(site)
  app.metrics.add('devices_registered_total')
  app.host.log('register', { device: device.id, role: member.role })
  return { ...all, device, member }
}
