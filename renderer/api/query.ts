import { isDefinedError } from '@orpc/client'
import { QueryClient } from '@tanstack/react-query'

/**
 * The cache of what the engine answered. Nothing grows stale by time: the engine tells what changed (live.ts). The engine is on
 * this PC, so there is no «offline» and a refusal is not tried again; a lost connection is mended by live.ts.
 */
export const createQueryClient = () =>
  new QueryClient({
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
