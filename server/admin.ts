import type {
  DevicesReply,
  DoneReply,
  InviteReply,
  InviteRequest,
  MemberRequest,
  MembersReply,
  MoveRequest,
  RecipientReply,
  RecipientRequest,
  RenameRequest,
  RevokeRequest,
} from '../shared/sync/membership.ts'
import { SCOPE_ALL } from '../shared/sync/scope.ts'
import { type Asker, allowed, ownerOnly } from './access.ts'
import type { App } from './app.ts'
import { newMark } from './epoch.ts'
import { INVITE_MS, newInvite } from './invites.ts'
import { Refusal } from './refusal.ts'
import type { ExitRow, Key, StateRow } from './store/store.ts'

export async function invite(app: App, asker: Asker, request: InviteRequest): Promise<InviteReply> {
  return app.store.tenant(asker.tenant, 'write', async (tx) => {
    ownerOnly(await tx.gather(asker.device))
    const { user, role, scopes } = request
    const made = newInvite(app.host, { user, role, scopes }, INVITE_MS)
    await tx.saveInvite(made.invite)
    return { code: made.code, expires: made.invite.expires }
  })
}

/** Every member may know which devices write into the book: their names stand in its history. */
export async function devices(app: App, asker: Asker): Promise<DevicesReply> {
  return app.store.tenant(asker.tenant, 'read', async (tx) => {
    const all = await tx.gather(asker.device)
    allowed(all)
    const list = await tx.devices()
    return {
      devices: list.map((d) => ({
        device: d.id,
        name: d.name,
        platform: d.platform,
        user: d.user,
        registered: d.registered,
        seen: d.seen,
        revoked: d.revoked,
        why: d.why,
        sites: all.sites.filter((s) => s.device === d.id).map((s) => [s.id, s.last] as [string, number]),
      })),
    }
  })
}

export async function rename(app: App, asker: Asker, request: RenameRequest): Promise<DoneReply> {
  return app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device)
    if (request.device !== asker.device) ownerOnly(all)
    allowed(all)
    const device = (await tx.devices()).find((d) => d.id === request.device)
    if (!device) throw new Refusal('not_found')
    await tx.saveDevice({ ...device, name: request.name })
    return { done: true }
  })
}

export async function revoke(app: App, asker: Asker, request: RevokeRequest): Promise<DoneReply> {
  const reply = await app.store.tenant(asker.tenant, 'write', async (tx) => {
    ownerOnly(await tx.gather(asker.device))
    const device = (await tx.devices()).find((d) => d.id === request.device)
    if (!device) throw new Refusal('not_found')
    // One that was put out for a copied token stays as it is; the owner has seen it.
    if (device.why !== 'owner')
      await tx.saveDevice({ ...device, revoked: device.revoked ?? app.host.now(), why: 'owner' })
    app.host.log('revoke', { device: device.id })
    return { done: true as const }
  })
  app.hub.cut(asker.tenant, request.device)
  return reply
}

/** This device of an owner can open what is sealed for it: from the next pull on every device of the business seals for it as well. */
export async function addRecipient(app: App, asker: Asker, { key }: RecipientRequest): Promise<RecipientReply> {
  return app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device, { recipients: true })
    ownerOnly(all)
    const mine = all.device!
    if (mine.recipient !== key) await tx.saveDevice({ ...mine, recipient: key })
    const others = all.recipients.filter((one) => one !== mine.recipient)
    return { recipients: [...new Set([...others, key])].sort() }
  })
}

export async function members(app: App, asker: Asker): Promise<MembersReply> {
  return app.store.tenant(asker.tenant, 'read', async (tx) => {
    ownerOnly(await tx.gather(asker.device))
    return {
      members: (await tx.members()).map((m) => ({ ...m, scopes: m.scopes.map(([s, r]) => [s, r === 1 ? 1 : 3]) })),
    }
  })
}

export async function saveMember(app: App, asker: Asker, { user, role, scopes }: MemberRequest): Promise<DoneReply> {
  return app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device)
    ownerOnly(all)
    // Nobody is left who could give it back.
    if (user === all.device?.user && role !== 'owner') throw new Refusal('forbidden', { why: 'self' })
    await tx.saveMember({ user, role, scopes })
    await tx.addScopes(scopes.map(([s]) => s).filter((s) => s !== SCOPE_ALL))
    return { done: true }
  })
}

const MAX_MOVED = 200_000

/** Customers go to a scope with all that hangs on them; who had them in the old one is told to let go (SYNC.md 9). */
export async function move(app: App, asker: Asker, { roots, scope }: MoveRequest): Promise<DoneReply> {
  const { head, count } = await app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device)
    ownerOnly(all)
    const found = (await tx.rowsOfRoots(roots)).filter((r) => r.scope !== scope && r.scope > 0)
    if (found.length > MAX_MOVED) throw new Refusal('too_large')
    let seq = all.state.head
    const moved: StateRow[] = []
    const exits: ExitRow[] = []
    const keys: Key[] = []
    for (const row of found) {
      seq++
      exits.push({ scope: row.scope, seq, tbl: row.tbl, row: row.row })
      moved.push({ ...row, scope, seq })
      keys.push([row.tbl, row.row])
    }
    await tx.addScopes([scope])
    // A head has one mark for ever.
    if (found.length > 0) await tx.setState({ ...all.state, head: seq, mark: newMark(app) })
    await tx.saveRows(moved)
    await tx.addExits(exits)
    await tx.lift(keys, seq)
    return { head: seq, count: found.length }
  })
  if (count > 0) app.hub.head(asker.tenant, head)
  return { done: true, count }
}
