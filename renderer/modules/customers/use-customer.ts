import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, rpc } from '../../api/client.ts'
import { timelineOf } from '../activities/use-timeline.ts'
import { nextStepsOf } from '../tasks/next-steps.ts'

/** The whole record; while another is being read the one before stays on the screen (`isPlaceholderData`). */
export const useCustomer = (id: string) =>
  useQuery({ ...rpc.customers.get.queryOptions({ input: { id } }), placeholderData: keepPreviousData })

/** Asks for all that stands on the page of a customer, at once. */
export function loadRecord(client: QueryClient, id: string): void {
  void client.prefetchQuery(rpc.customers.get.queryOptions({ input: { id } }))
  void client.prefetchInfiniteQuery(timelineOf(id))
  void client.prefetchQuery(nextStepsOf(id))
}

/** Whether what stands beside the record has come (or failed) too, so that the page is drawn once and nothing on it moves. */
export function useIsRead(id: string): boolean {
  const timeline = useInfiniteQuery(timelineOf(id))
  const steps = useQuery(nextStepsOf(id))
  return !timeline.isPending && !steps.isPending
}

/** Remembers that this record was opened, for «recent» in the palette. */
export function useOpened(id: string) {
  useEffect(() => {
    void api.search.opened({ id }).catch(() => {})
  }, [id])
}
