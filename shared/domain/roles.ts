/**
 * What a procedure may ask for. 'open' needs nobody signed in (status, first run); everything else needs a user.
 * The dispatcher is the only place that decides; screens ask `can` only to leave out what would be refused.
 */
export const PERMISSIONS = [
  'open',
  'customers.read',
  'customers.write',
  'customers.delete',
  'customers.bulk',
  'notes.write',
  'tasks.write',
  'leads.write',
  'lists.write',
  'calendar.write',
  'views.write',
  'history.read',
  'history.undo',
  'imports.run',
  'exports.run',
  'backups.run',
  'settings.read',
  'settings.write',
  'users.read',
  'users.write',
  'system.check',
  'owner.only',
] as const

export type Permission = (typeof PERMISSIONS)[number]
export const ROLES = ['owner', 'seller'] as const
export type Role = (typeof ROLES)[number]

const SELLER: ReadonlySet<Permission> = new Set<Permission>([
  'customers.read',
  'customers.write',
  'customers.delete',
  'notes.write',
  'tasks.write',
  'leads.write',
  'views.write',
  'history.read',
  'history.undo',
  'settings.read',
  'users.read',
])

/** True where a user of this role may do it; nobody signed in (null) may only do what is open. */
export function can(role: Role | null, permission: Permission): boolean {
  if (permission === 'open') return true
  if (role === null) return false
  return role === 'owner' || SELLER.has(permission)
}
