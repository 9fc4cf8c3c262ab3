import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { rpc } from '../../api/client.ts'
import type { Choice } from '../../ui/option-search.ts'

/** Whose page or panel is open; undefined while it is being read, null on other pages. */
export function usePageCustomer(): Choice | null | undefined {
  const id = useRouterState({
    select: ({ location }) => {
      const page = /^\/customers\/([0-9a-f-]{36})(?:\/|$)/.exec(location.pathname)?.[1]
      const aside = (location.search as { open?: unknown }).open
      return page ?? (location.pathname === '/customers' && typeof aside === 'string' ? aside : null)
    },
  })
  const { data, isError } = useQuery({
    ...rpc.customers.get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== null,
    retry: false,
  })
  if (id === null || isError || data?.deleted) return null
  return data ? { id: data.id, label: data.name } : undefined
}
