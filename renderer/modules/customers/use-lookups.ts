import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Outputs, rpc } from '../../api/client.ts'
import { type User, useColleagues } from '../users/use-colleagues.ts'

export type TagItem = Outputs['customers']['tags']['list'][number]
export type SourceItem = Outputs['customers']['sources']['list'][number]
export type UserItem = User

export interface Lookups {
  tags: readonly TagItem[]
  sources: readonly SourceItem[]
  /** Who works here; of whoever left only the name is known. */
  users: readonly UserItem[]
  /** Name of a tag, source or user by id; null when it is gone. */
  nameOf: (id: unknown) => string | null
}

/** The short lists that customers refer to by id. */
export function useLookups(): Lookups {
  const tags = useQuery(rpc.customers.tags.list.queryOptions()).data
  const sources = useQuery(rpc.customers.sources.list.queryOptions()).data
  const { list: users, all: everybody, nameOf: nameOfUser } = useColleagues()
  return useMemo(() => {
    const names = new Map<unknown, string>([...(tags ?? []), ...(sources ?? [])].map((each) => [each.id, each.name]))
    for (const { id } of everybody) names.set(id, nameOfUser(id) ?? '')
    // Tags before groups, wherever they are offered together.
    const sorted = [...(tags ?? [])].sort((a, b) => Number(a.kind === 'group') - Number(b.kind === 'group'))
    return { tags: sorted, sources: sources ?? [], users, nameOf: (id) => names.get(id) ?? null }
  }, [tags, sources, users, everybody, nameOfUser])
}
