import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { type Outputs, rpc } from '../../api/client.ts'

/** The lead that is open in the inbox; undefined while it is being read, null elsewhere. */
export function usePageLead(): Outputs['leads']['get'] | null | undefined {
  const id = useRouterState({
    select: ({ location }) => {
      const { open } = location.search as { open?: unknown }
      return location.pathname === '/leads' && typeof open === 'string' ? open : null
    },
  })
  const { data, isError } = useQuery({
    ...rpc.leads.get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== null,
    retry: false,
  })
  return id === null || isError ? null : data
}
