import { useQuery } from '@tanstack/react-query'
import { rpc } from '../../api/client.ts'

/** Who has which customers, as the server says; kept there, so nothing while it is away. */
export function useMembers() {
  return useQuery(rpc.sync.members.list.queryOptions({ staleTime: 0, retry: false }))
}
