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
