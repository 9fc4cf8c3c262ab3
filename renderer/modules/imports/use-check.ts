import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import type { OnDuplicate, PreviewRow, Show, Waiting } from './import-model.ts'

/** Rows asked for at once: a screenful and some. */
const PAGE = 100
export type CheckRow = PreviewRow & { id: string }

/** The rows of the file as they would come in, one side of them, page after page as the grid asks; and what was chosen for one. */
export function useCheck(waiting: Waiting, show: Show) {
  const client = useQueryClient()
  const { staged, mapping, onDuplicate } = waiting
  const query = useInfiniteQuery(
    rpc.imports.preview.infiniteOptions({
      input: (after: number | undefined) => ({
        id: staged.id,
        mapping,
        on_duplicate: onDuplicate,
        show,
        after,
        limit: PAGE,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
      staleTime: 0,
      gcTime: 0,
    }),
  )
  const pages = query.data?.pages
  const rows = useMemo<readonly CheckRow[]>(
    () => pages?.flatMap((page) => page.rows.map((row) => ({ ...row, id: String(row.row) }))) ?? [],
    [pages],
  )
  const choose = useCommand(
    ({ row, choice }: { row: number; choice: OnDuplicate | null }) =>
      api.imports.choose({ id: staged.id, rows: [{ row, choice }] }),
    { onDone: () => void client.invalidateQueries({ queryKey: rpc.imports.preview.key({ type: 'infinite' }) }) },
  )
  return {
    rows,
    counts: pages?.[0]?.counts ?? null,
    error: query.error,
    /** The rows shown still answer what was asked before. */
    isLate: query.isPlaceholderData,
    onNeedRange: (_start: number, end: number) => {
      if (end >= rows.length - PAGE / 2 && query.hasNextPage && !query.isFetching) void query.fetchNextPage()
    },
    choose: choose.run,
  }
}
