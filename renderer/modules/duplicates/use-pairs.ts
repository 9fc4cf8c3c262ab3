import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { rpc } from '../../api/client.ts'
import { pairsOf } from './duplicates-model.ts'

const PAGE = 50

/** What the last search found, likeliest first, page by page. */
export function usePairs() {
  const query = useInfiniteQuery(
    rpc.duplicates.page.infiniteOptions({
      input: (after: string | undefined) => ({ after, limit: PAGE }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const pages = query.data?.pages
  return { ...query, pairs: pages ? pairsOf(pages) : [], total: pages?.[0]?.total ?? 0 }
}
