import { keepPreviousData, type QueryClient, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CustomerRow } from '../../../shared/contract/customers.ts'
import type { Filter, Sort } from '../../../shared/contract/filter.ts'
import { api, type Outputs, rpc } from '../../api/client.ts'

export const BLOCK = 200
type Page = Outputs['customers']['page']
export interface Asked {
  filter: Filter
  sort: Sort
}

const keyOf = ({ filter, sort }: Asked, block: number) =>
  [...rpc.customers.page.key(), { filter, sort }, block] as const

/** One block of the list: by key after the block before it when that is fresh, else by number (a jump of the scroll bar). */
const blockQuery = (client: QueryClient, asked: Asked, block: number) => ({
  queryKey: keyOf(asked, block),
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    const before = block > 0 ? client.getQueryState<Page>(keyOf(asked, block - 1)) : undefined
    const next = before?.isInvalidated === false ? before.data?.next : undefined
    const at = next ? { after: next } : { index: block * BLOCK }
    return api.customers.page({ ...asked, limit: BLOCK, at }, { signal })
  },
  // A list scrolled from end to end must not stay in memory as a whole.
  gcTime: 30_000,
})

const sameRange = (a: readonly number[], b: readonly number[]) => a[0] === b[0] && a[1] === b[1]

export interface Blocks {
  /** What the rows shown now answer; lags behind `asked` until its first block is there, so that nothing flashes. */
  asked: Asked
  rowCount: number
  /** Undefined while it is being counted. */
  total: number | undefined
  getRow: (index: number) => CustomerRow | undefined
  onNeedRange: (start: number, end: number) => void
  /** False until the very first answer. */
  isReady: boolean
  error: unknown
}

/** The rows of a list of any size, block by block as the grid asks for them, and their number; `start` is the first row looked at. */
export function useBlocks(wanted: Asked, start = 0): Blocks {
  const client = useQueryClient()
  const [asked, setAsked] = useState(wanted)
  const block = Math.floor(Math.max(0, start) / BLOCK)
  const [[from, to], setRange] = useState<[number, number]>([block, block])
  const needed = useRef<[number, number]>([block, block])
  const wantedKey = JSON.stringify(wanted)
  const shownKey = useRef(wantedKey)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of it
  useEffect(() => {
    if (shownKey.current === wantedKey) return
    let gone = false
    const first = blockQuery(client, wanted, 0)
    void client
      .fetchQuery(first)
      .catch(() => null)
      .then(() => {
        if (gone) return
        shownKey.current = wantedKey
        setAsked(wanted)
        needed.current = [0, 0]
        setRange([0, 0])
      })
    return () => {
      gone = true
    }
  }, [client, wantedKey])

  const count = useQuery({
    ...rpc.customers.count.queryOptions({ input: { filter: asked.filter } }),
    placeholderData: keepPreviousData,
  })
  const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at)
  const results = useQueries({ queries: numbers.map((block) => blockQuery(client, asked, block)) })

  const pages = results.map((result) => result.data)
  const total = count.isPlaceholderData ? undefined : count.data?.count
  const known = pages.reduce((end, page, at) => {
    if (!page) return end
    const rows = (from + at) * BLOCK + page.rows.length
    return Math.max(end, page.next ? rows + BLOCK : rows)
  }, 0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `pages` is new on each render, its members are not
  const getRow = useCallback(
    (index: number) => {
      const block = Math.floor(index / BLOCK)
      const page = pages[block - from] ?? client.getQueryData<Page>(keyOf(asked, block))
      return page?.rows[index - block * BLOCK]
    },
    [client, asked, from, ...pages],
  )
  const lastBlock = useRef(0)
  lastBlock.current = total === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil(total / BLOCK) - 1)
  const isLoading = useRef(false)
  isLoading.current = results.some((result) => result.isFetching)
  const take = useCallback(() => {
    // One answer at a time: a bar pulled through the list would ask for every block it passes, and those it stops at would come last.
    if (!isLoading.current) setRange((old) => (sameRange(old, needed.current) ? old : needed.current))
  }, [])
  useEffect(take)
  const onNeedRange = useCallback(
    (start: number, end: number) => {
      const first = Math.floor(Math.max(0, start) / BLOCK)
      // Half a block ahead, so that scrolling on finds the rows there.
      needed.current = [first, Math.max(first, Math.min(lastBlock.current, Math.floor((end + BLOCK / 2) / BLOCK)))]
      take()
    },
    [take],
  )

  return {
    asked,
    rowCount: total ?? known,
    total,
    getRow,
    onNeedRange,
    isReady: results.some((result) => result.data),
    error: results.find((result) => result.error)?.error ?? null,
  }
}
