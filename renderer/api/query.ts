import { isDefinedError } from '@orpc/client'
import { notifyManager, QueryClient } from '@tanstack/react-query'

/**
 * The cache of what the engine answered. Nothing grows stale by time: the engine tells what changed (live.ts). The engine is on
 * this PC, so there is no «offline» and a refusal is not tried again; a lost connection is mended by live.ts.
 */
export function createQueryClient() {
  // An answer is drawn in the task that brings it; a timer would stand in line behind the frame of the keystroke.
  notifyManager.setScheduler(queueMicrotask)
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, error) => count < 1 && !isDefinedError(error),
        retryDelay: 250,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
