import { useQuery } from '@tanstack/react-query'
import { rpc } from '../../api/client.ts'
import type { SyncStatus } from './sync-model.ts'

/** What the passing of time alone changes, and what is written while the server is away, is asked for this often. */
const AGAIN_MS = 10_000

/** How sync stands; null until it is read. */
export function useSyncStatus(enabled = true): SyncStatus | null {
  const { data } = useQuery({
    ...rpc.sync.status.queryOptions(),
    enabled,
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'off' ? AGAIN_MS : false),
  })
  return data ?? null
}
