import { useEffect } from 'react'
import type { SyncStatus } from './sync-model.ts'

/** What the server could not answer is asked again as soon as the status says that it is there. */
export function useAskedAgain(
  { isError, refetch }: { isError: boolean; refetch: () => Promise<unknown> },
  { offline_since, done_at }: SyncStatus,
): void {
  const isThere = offline_since === null
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each round that worked
  useEffect(() => {
    if (isThere && isError) void refetch()
  }, [isThere, done_at])
}
