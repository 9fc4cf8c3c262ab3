import type { z } from 'zod'
import { EVERYBODY, type Filter, SORT_FIELDS, type Sort } from '../../../shared/contract/filter.ts'
import type { SavedView } from '../../../shared/contract/segments.ts'
import { readFilter, sameFilter } from './filter-model.ts'

export type View = z.infer<typeof SavedView>

/** Views every book has; they are code, so they follow the language. What users save is data. */
export const BUILT_IN = ['all', 'mine', 'slipped', 'companies', 'no_phone', 'trash'] as const
export type BuiltIn = (typeof BUILT_IN)[number]
export const isBuiltIn = (id: string): id is BuiltIn => (BUILT_IN as readonly string[]).includes(id)

/** What the address of the list says; everything absent is the default. */
export interface ListSearch {
  view?: string
  /** Words of the quick box. */
  q?: string
  /** The filter, when it differs from the view's. */
  f?: Filter
  /** Order as 'name' or '-created'. */
  s?: string
  /** The record in the side panel. */
  open?: string
}

export const DEFAULT_SORT: Sort = { field: 'name', desc: false }
/** Whom nobody spoke with for the longest time. */
const LONGEST_FIRST: Sort = { field: 'last_contact', desc: false }

export function builtInFilter(id: BuiltIn, userId: string | null): Filter {
  switch (id) {
    case 'mine':
      return { where: { op: 'and', rules: [{ field: 'owner', test: 'is', value: userId ?? '' }] }, trash: false }
    case 'slipped':
      return { where: { op: 'and', rules: [{ field: 'slipped', test: 'isTrue', value: null }] }, trash: false }
    case 'companies':
      return { where: { op: 'and', rules: [{ field: 'kind', test: 'is', value: 'company' }] }, trash: false }
    case 'no_phone':
      return { where: { op: 'and', rules: [{ field: 'phone', test: 'isEmpty', value: null }] }, trash: false }
    case 'trash':
      return { ...EVERYBODY, trash: true }
    default:
      return EVERYBODY
  }
}

export function readSort(text: string | undefined): Sort | null {
  const field = SORT_FIELDS.find((each) => each === text?.replace(/^-/, ''))
  return field ? { field, desc: text!.startsWith('-') } : null
}
export const sortText = (sort: Sort) => (sort.desc ? `-${sort.field}` : sort.field)

/** Reads what stands in the address; what is not understood is left out, never an error. */
export function readSearch(raw: Record<string, unknown>): ListSearch {
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined)
  const f = raw.f === undefined ? null : readFilter(raw.f)
  const search: ListSearch = { view: text(raw.view), q: text(raw.q), s: text(raw.s), open: text(raw.open) }
  if (f) search.f = f
  for (const key of ['view', 'q', 's', 'open'] as const) if (!search[key]) delete search[key]
  return search
}

/** The view an address speaks of; an unknown one is «all». */
export function viewOf(search: ListSearch, saved: readonly View[], userId: string | null) {
  const id = search.view ?? 'all'
  const own = saved.find((view) => view.id === id)
  const view = own
    ? { id, own, filter: own.definition.filter, sort: own.definition.sort }
    : {
        id: isBuiltIn(id) ? id : 'all',
        own: undefined,
        filter: builtInFilter(isBuiltIn(id) ? id : 'all', userId),
        sort: id === 'slipped' ? LONGEST_FIRST : DEFAULT_SORT,
      }
  const filter = search.f ?? view.filter
  const sort = readSort(search.s) ?? view.sort
  const changed = !sameFilter(filter, view.filter) || sortText(sort) !== sortText(view.sort)
  return { ...view, filter, sort, changed }
}
