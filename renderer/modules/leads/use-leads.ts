import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { LEAD_STATUSES, type Lead, type LeadFilter, type LeadStatus } from '../../../shared/contract/leads.ts'
import { rpc } from '../../api/client.ts'

export type { Lead, LeadStatus }

/** In the address, so that «back» and a link from today's page work. `owner` and `source`: an id, or 'none'. */
type Search = { status?: LeadStatus; owner?: string; source?: string; q?: string; open?: string }
export const NONE = 'none'

const isStatus = (value: unknown): value is LeadStatus => LEAD_STATUSES.includes(value as LeadStatus)
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Where the inbox is looked at: status, filter, words, the open lead. */
export function usePlace() {
  const navigate = useNavigate()
  const raw = useSearch({ strict: false }) as Record<string, unknown>
  const status: LeadStatus = isStatus(raw.status) ? raw.status : 'new'
  const owner = textOf(raw.owner)
  const source = textOf(raw.source)
  const text = textOf(raw.q) ?? ''
  const open = textOf(raw.open) ?? null
  /** Upon the address as it is by then: the grid moves on by itself while somebody changes the list. */
  const put = (patch: Partial<Record<keyof Search, string | null>>) => {
    const next = (now: Record<string, unknown>) =>
      Object.fromEntries(
        Object.entries({ ...now, ...patch }).filter(([key, value]) => value && !(key === 'status' && value === 'new')),
      )
    return navigate({ to: '/leads', search: next as never, replace: true })
  }
  const filter: LeadFilter = {
    ...(owner && { owner_id: owner === NONE ? null : owner }),
    ...(source && { source_id: source === NONE ? null : source }),
    ...(text && { text }),
  }
  return { status, owner, source, text, open, filter, put }
}
export type Place = ReturnType<typeof usePlace>

/** The leads of a place as far as they are loaded, and how many there are of each status. */
export function useLeads({ status, filter }: Pick<Place, 'status' | 'filter'>) {
  const page = useInfiniteQuery(
    rpc.leads.page.infiniteOptions({
      input: (after: string | undefined) => ({ status, filter, ...(after && { after }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const counts = useQuery({
    ...rpc.leads.counts.queryOptions({ input: { filter } }),
    placeholderData: keepPreviousData,
  }).data
  const leads = page.data?.pages.flatMap((each) => each.leads) ?? []
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = page
  const onNeedRange = useCallback(
    (_: number, end: number) => {
      if (hasNextPage && !isFetchingNextPage && end > leads.length - 30) void fetchNextPage()
    },
    [hasNextPage, isFetchingNextPage, fetchNextPage, leads.length],
  )
  return { leads, counts, onNeedRange, isReady: page.data !== undefined, error: page.error }
}
