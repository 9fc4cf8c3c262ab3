import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Outputs, rpc } from '../../api/client.ts'

export type Found = Outputs['search']['all']

const LIMIT = 12

/**
 * What the engine finds for a text, asked at every keystroke without waiting. The answer before stays until the new one is
 * there, an answer that comes late is dropped (it belongs to another text) and its call is aborted.
 */
export function useSearch(text: string): { found: Found | undefined; isFresh: boolean; isFailed: boolean } {
  const asked = text.trim()
  const { data, isPlaceholderData, isError } = useQuery(
    rpc.search.all.queryOptions({
      input: { text: asked, limit: LIMIT },
      enabled: asked !== '',
      placeholderData: keepPreviousData,
      gcTime: 30_000,
    }),
  )
  if (asked === '') return { found: undefined, isFresh: true, isFailed: false }
  return { found: data, isFresh: data !== undefined && !isPlaceholderData, isFailed: isError }
}
