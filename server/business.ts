import { SCOPE_ALL } from '../shared/sync/scope.ts'
import type { App } from './app.ts'
import { newInvite } from './invites.ts'
import { WRITE } from './rights.ts'

/** A new business and the code with which its owner's first device joins, for the operator of the server. */
export async function newBusiness(app: App, ms: number): Promise<{ tenant: string; code: string }> {
  const tenant = app.host.uuid()
  await app.store.createTenant(tenant, app.host.uuid(), app.host.now())
  return { tenant, code: await ownerInvite(app, tenant, ms) }
}

export async function ownerInvite(app: App, tenant: string, ms: number): Promise<string> {
  const { code, invite } = newInvite(app.host, { user: null, role: 'owner', scopes: [[SCOPE_ALL, WRITE]] }, ms)
  await app.store.tenant(tenant, 'write', (tx) => tx.saveInvite(invite))
  return code
}
