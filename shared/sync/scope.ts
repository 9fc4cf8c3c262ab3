/**
 * Which customer a row hangs on, and so who receives it (SYNC.md 9). Every row of the server has a root and a scope; the root's scope is
 * changed only by a command of the server, children follow.
 *
 * `shared`: reference data, to everybody. `root`: is a root. `field`: the field that names the root; where it is NULL the row is its own
 * root. `parent`: the field names a row of another table, whose root it takes. `told`: the sender says it with the op (codec `o`); without
 * it the row is its own root. Tables nobody has listed are `told`: what is unknown is never shared.
 */
export type ScopeRule =
  | { readonly kind: 'shared' | 'root' | 'told' }
  | { readonly kind: 'field'; readonly field: number }
  | { readonly kind: 'parent'; readonly field: number; readonly tbl: number }

/** Reference data. */
export const SCOPE_SHARED = 0
/** Where customers are until the owner divides them. */
export const SCOPE_HOME = 1
/** In a member's list: every scope, also those that come later. */
export const SCOPE_ALL = -1

const shared: ScopeRule = { kind: 'shared' }
const root: ScopeRule = { kind: 'root' }
const told: ScopeRule = { kind: 'told' }
const field = (n: number): ScopeRule => ({ kind: 'field', field: n })
const parent = (n: number, tbl: number): ScopeRule => ({ kind: 'parent', field: n, tbl })

const ACTIVITY = 9
const TASK = 17

/** By the table ids of the manifest. */
const RULES: ReadonlyMap<number, ScopeRule> = new Map([
  [1, root], // party
  [2, field(10)], // party_channel
  [3, field(10)], // party_address
  [4, field(10)], // party_link
  [5, field(10)], // party_role
  [6, shared], // tag
  [7, field(10)], // party_tag
  [8, shared], // source
  [ACTIVITY, told],
  [10, field(11)], // activity_party
  [11, shared], // saved_view
  [12, shared], // user
  [13, shared], // setting
  [14, field(10)], // party_distinct
  [15, shared], // list_item
  [16, parent(10, ACTIVITY)], // mention
  [TASK, field(13)],
  [18, parent(10, TASK)], // task_check
  [19, parent(10, TASK)], // reminder
  [20, root], // lead
  [21, shared], // holiday
])

export function scopeRule(tbl: number): ScopeRule {
  return RULES.get(tbl) ?? told
}

/** [scope, 1 read | 3 read and write] */
export type MemberScopes = readonly (readonly [scope: number, rights: number])[]

/**
 * Which customers a member has, as the owner says it. all: everybody, also who comes later. own: those whose owner (`party.owner_id`) the member is; the
 * owner's devices keep them in a scope of the member's (main/modules/sync/divide.ts). rest: those in nobody's own scope, which no screen offers.
 */
export type Share = 'all' | 'own' | 'rest'

export function shareOf(scopes: MemberScopes): Share {
  const has = (scope: number) => scopes.some(([s]) => s === scope)
  return has(SCOPE_ALL) ? 'all' : has(SCOPE_HOME) ? 'rest' : 'own'
}

/** A member's own scope follows from the user's id, so that two owners who give shares at once give the same. */
export const ownScope = (user: string): number => SCOPE_HOME + 1 + Number.parseInt(user.slice(-7), 16)

export function scopesOf(share: 'all' | 'own', user: string): [number, 1 | 3][] {
  if (share === 'all') return [[SCOPE_ALL, 3]]
  return [
    [SCOPE_SHARED, 3],
    [ownScope(user), 3],
  ]
}
