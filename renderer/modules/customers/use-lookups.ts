import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Outputs, rpc } from '../../api/client.ts'

export type TagItem = Outputs['customers']['tags']['list'][number]
export type SourceItem = Outputs['customers']['sources']['list'][number]
export type UserItem = Outputs['users']['list'][number]

export interface Lookups {
  tags: readonly TagItem[]
  sources: readonly SourceItem[]
  users: readonly UserItem[]
  /** Name of a tag, source or user by id; null when it is gone. */
  nameOf: (id: unknown) => string | null
}

/** The short lists that customers refer to by id. */
export function useLookups(): Lookups {
  const tags = useQuery(rpc.customers.tags.list.queryOptions()).data
  const sources = useQuery(rpc.customers.sources.list.queryOptions()).data
  const users = useQuery(rpc.users.list.queryOptions()).data
  return useMemo(() => {
    const all = [...(tags ?? []), ...(sources ?? []), ...(users ?? [])]
    const names = new Map<unknown, string>(all.map((each) => [each.id, each.name]))
    // Tags before groups, wherever they are offered together.
    const sorted = [...(tags ?? [])].sort((a, b) => Number(a.kind === 'group') - Number(b.kind === 'group'))
    return { tags: sorted, sources: sources ?? [], users: users ?? [], nameOf: (id) => names.get(id) ?? null }
  }, [tags, sources, users])
}
