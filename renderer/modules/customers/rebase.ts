import type { CustomerForm } from './form-model.ts'

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * The record changed elsewhere while the form was open: fields not touched here follow, touched ones stay.
 * Lists go member by member, sets element by element, so that a phone added in another window is not lost by saving here.
 * `from` is the record the form began with, `to` the record as it is now.
 */
export function rebase(form: CustomerForm, from: CustomerForm, to: CustomerForm): CustomerForm {
  const next: CustomerForm = { ...form }
  const take = <K extends keyof CustomerForm>(key: K) => {
    if (same(form[key], from[key])) next[key] = to[key]
  }
  for (const key of Object.keys(form) as (keyof CustomerForm)[]) take(key)
  for (const key of ['channels', 'addresses', 'links'] as const)
    Object.assign(next, { [key]: rebaseList<{ key: string }>(form[key], from[key], to[key]) })
  next.roles = rebaseSet(form.roles, from.roles, to.roles)
  next.tag_ids = rebaseSet(form.tag_ids, from.tag_ids, to.tag_ids)
  return next
}

function rebaseList<T extends { key: string }>(form: readonly T[], from: readonly T[], to: readonly T[]): T[] {
  const byKey = (list: readonly T[]) => new Map(list.map((each) => [each.key, each]))
  const [mine, before, now] = [byKey(form), byKey(from), byKey(to)]
  const kept = form.flatMap((each) => {
    const old = before.get(each.key)
    const current = now.get(each.key)
    if (!old || !same(each, old)) return [each]
    return current ? [current] : []
  })
  const added = to.filter((each) => !before.has(each.key) && !mine.has(each.key))
  return [...kept, ...added]
}

function rebaseSet<T>(form: readonly T[], from: readonly T[], to: readonly T[]): T[] {
  const kept = form.filter((each) => to.includes(each) || !from.includes(each))
  return [...kept, ...to.filter((each) => !from.includes(each) && !form.includes(each))]
}
