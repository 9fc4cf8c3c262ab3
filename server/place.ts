import type { Op } from '../shared/sync/merge.ts'
import { isUuid } from '../shared/sync/packed-ids.ts'
import { SCOPE_SHARED, scopeRule } from '../shared/sync/scope.ts'
import type { Key, StateRow } from './store/store.ts'

export interface Place {
  root: string
  scope: number
}
export type Find = (tbl: number, row: string) => Pick<StateRow, 'root' | 'scope'> | undefined

const PARTY = 1

/** Rows that must be at hand to place this op: itself, and what it hangs on. */
export function needed(op: Op): Key[] {
  const keys: Key[] = [[op.tbl, op.row]]
  const rule = scopeRule(op.tbl)
  if (rule.kind === 'told' && op.root) keys.push([PARTY, op.root])
  if (rule.kind === 'field' || rule.kind === 'parent') {
    const id = op.f?.[rule.field]?.[0]
    if (isUuid(id)) keys.push([rule.kind === 'field' ? PARTY : rule.tbl, id])
  }
  return keys
}

/**
 * Where the op puts its row: `held` unless the op is new or says another root. What hangs on something that is not (yet) here goes to the
 * writer's home under the root it names: that it exists is the writer's word, that it is seen by others is not.
 */
export function placeOf(op: Op, held: Place | undefined, find: Find, home: number): Place {
  const rule = scopeRule(op.tbl)
  if (rule.kind === 'shared') return { root: op.row, scope: SCOPE_SHARED }
  const under = (tbl: number, id: string): Place => {
    const row = find(tbl, id)
    return row ? { root: row.root, scope: row.scope } : { root: id, scope: held?.scope ?? home }
  }
  if (rule.kind === 'field' || rule.kind === 'parent') {
    const said = op.f[rule.field]
    if (!said && held) return held
    const id = said?.[0]
    if (isUuid(id)) return under(rule.kind === 'field' ? PARTY : rule.tbl, id)
    return { root: op.row, scope: held?.scope ?? home }
  }
  // Told once, at the beginning: a row that was already somewhere stays, unless its sender says more than before.
  if (rule.kind === 'told' && op.root && (!held || held.root === op.row)) return under(PARTY, op.root)
  return held ?? { root: op.row, scope: home }
}
