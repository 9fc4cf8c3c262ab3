import { SCOPE_ALL, SCOPE_HOME, SCOPE_SHARED } from '../shared/sync/scope.ts'
import type { MemberRow, Right } from './store/store.ts'

export const READ = 1
export const WRITE = 3

/** What a member may do, with «everything» spelled out for the scopes there are. Shared reference data is everybody's. */
export interface Rights {
  readonly granted: readonly Right[]
  read(scope: number): boolean
  write(scope: number): boolean
  /** Where customers go whom this member makes. */
  readonly home: number
}

export function rightsOf(member: MemberRow, scopes: readonly number[]): Rights {
  const all = member.scopes.find(([s]) => s === SCOPE_ALL)?.[1] ?? 0
  const map = new Map<number, number>()
  if (all) for (const s of scopes) map.set(s, all)
  for (const [s, r] of member.scopes) if (s !== SCOPE_ALL) map.set(s, Math.max(r, map.get(s) ?? 0))
  if (map.size > 0 && !map.has(SCOPE_SHARED)) map.set(SCOPE_SHARED, READ)
  const own = member.scopes.filter(([s, r]) => s > SCOPE_SHARED && r === WRITE).map(([s]) => s)
  return {
    granted: [...map].sort(([a], [b]) => a - b),
    read: (scope) => map.has(scope),
    write: (scope) => map.get(scope) === WRITE,
    home: all ? SCOPE_HOME : (own[0] ?? SCOPE_HOME),
  }
}
