import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Filter, Sort } from '../../../shared/contract/filter.ts'
import { rpc } from '../../api/client.ts'
import { useUser } from '../../api/session.ts'
import { complete, sameFilter, withText } from './filter-model.ts'
import { type ListSearch, readSearch, sortText, viewOf } from './views-model.ts'

/** The state of the list, kept in the address so that «back» returns to it: view, words, filter, order, open record. */
export function useList() {
  const navigate = useNavigate()
  const raw = useSearch({ strict: false }) as Record<string, unknown>
  const search = useMemo(() => readSearch(raw), [raw])
  const userId = useUser()?.id ?? null
  const saved = useQuery(rpc.segments.views.queryOptions()).data
  const view = useMemo(() => viewOf(search, saved ?? [], userId), [search, saved, userId])
  const asked = useMemo(
    () => ({
      filter: withText({ where: complete(view.filter.where), trash: view.filter.trash }, search.q ?? ''),
      sort: view.sort,
    }),
    [view, search.q],
  )

  const put = (next: ListSearch, replace: boolean) =>
    void navigate({ to: '/customers', search: next as never, replace })

  return {
    search,
    view,
    saved: saved ?? [],
    asked,
    text: search.q ?? '',
    open: search.open ?? null,
    setView: (id: string) =>
      put({ ...(id !== 'all' && { view: id }), ...(search.open && { open: search.open }) }, false),
    setText: (q: string) => put({ ...without(search, 'q'), ...(q && { q }) }, true),
    setFilter: (filter: Filter) => {
      const base = viewOf(without(search, 'f'), saved ?? [], userId).filter
      put({ ...without(search, 'f'), ...(!sameFilter(filter, base) && { f: filter }) }, true)
    },
    setSort: (sort: Sort) => put({ ...search, s: sortText(sort) }, true),
    setOpen: (id: string | null) => put({ ...without(search, 'open'), ...(id && { open: id }) }, true),
    /** The view as it was saved. */
    reset: () => put({ ...(view.id !== 'all' && { view: view.id }), ...(search.open && { open: search.open }) }, false),
  }
}
export type List = ReturnType<typeof useList>

function without(search: ListSearch, key: keyof ListSearch): ListSearch {
  const { [key]: _gone, ...rest } = search
  return rest
}
