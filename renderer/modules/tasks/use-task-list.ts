import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { TaskGroup } from '../../../shared/contract/tasks.ts'
import { rpc } from '../../api/client.ts'
import type { ListGroup } from './TaskList.tsx'
import { filterOf, type ListPlace } from './tasks-model.ts'

const PAGE = 50
const FIRST = 30

/** What the page shows: all groups of open tasks with their first rows, or one group page by page. */
export function useTaskList(place: ListPlace, only: TaskGroup | null) {
  const filter = filterOf(place)
  const open = useQuery({
    ...rpc.tasks.groups.queryOptions({ input: { ...filter, limit: FIRST } }),
    placeholderData: keepPreviousData,
  })
  const one = useInfiniteQuery({
    ...rpc.tasks.page.infiniteOptions({
      input: (after: string | undefined) => ({
        ...filter,
        group: only ?? 'done',
        limit: PAGE,
        ...(after && { after }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
    }),
    enabled: only !== null,
    placeholderData: keepPreviousData,
  })
  const counts = new Map(open.data?.groups.map(({ group, count }) => [group, count]))
  const rows = one.data?.pages.flatMap((page) => page.rows) ?? []
  const groups: ListGroup[] =
    only === null
      ? (open.data?.groups ?? [])
          .filter(({ rows }) => rows.length > 0)
          .map(({ group, rows, count, next }) => ({ group, rows, count, hasMore: next !== null }))
      : rows.length === 0
        ? []
        : [{ group: only, rows, count: counts.get(only) ?? rows.length, hasMore: one.hasNextPage }]
  return {
    groups,
    counts,
    nobodys: open.data?.nobodys ?? 0,
    isPending: open.isPending || (only !== null && one.isPending),
    error: open.error ?? one.error,
    fetchMore: () => void one.fetchNextPage(),
  }
}
