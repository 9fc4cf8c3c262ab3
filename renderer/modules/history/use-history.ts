import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { type Inputs, type Outputs, rpc } from '../../api/client.ts'

export type Entry = Outputs['history']['page']['entries'][number]
export type HistoryFilter = Pick<
  NonNullable<Inputs['history']['page']>,
  'user_id' | 'party_id' | 'from' | 'to' | 'kind'
>

const PAGE = 50

/** The entries of a filter, newest first, page by page. */
export function useHistory(filter: HistoryFilter) {
  const query = useInfiniteQuery(
    rpc.history.page.infiniteOptions({
      input: (before: number | undefined) => ({ ...filter, before, limit: PAGE }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  return { ...query, entries: query.data?.pages.flatMap((page) => page.entries) ?? [] }
}
