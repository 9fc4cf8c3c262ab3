import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DuplicateProgress } from '../../../shared/contract/duplicates.ts'
import { api, rpc } from '../../api/client.ts'

/** What a search looks like before the engine has said a word of it: who pressed the button sees at once that it was heard. */
const BEGINNING: DuplicateProgress = { phase: 'numbers', done: 0, total: 0, state: 'running' }

/** The search for duplicates as this window sees it: follows the one under way, whoever began it; leaving the page leaves it running. */
export function useSearch() {
  const status = useQuery(rpc.duplicates.status.queryOptions())
  const [progress, setProgress] = useState<DuplicateProgress | null>(null)
  const [error, setError] = useState<unknown>(null)
  const stream = useRef<AbortController | null>(null)
  const refetch = useRef(status.refetch)
  refetch.current = status.refetch
  useEffect(() => () => stream.current?.abort(), [])

  const follow = useCallback(async (start: boolean) => {
    stream.current?.abort()
    const abort = new AbortController()
    stream.current = abort
    setError(null)
    if (start) setProgress(BEGINNING)
    try {
      for await (const step of await api.duplicates.find({ start }, { signal: abort.signal })) {
        if (abort.signal.aborted) return
        setProgress(step)
      }
      if (!abort.signal.aborted) await refetch.current()
    } catch (caught) {
      if (!abort.signal.aborted) {
        setError(caught)
        setProgress(null)
      }
    }
    if (stream.current === abort) stream.current = null
  }, [])
  const isElsewhere = status.data?.running?.state === 'running'
  useEffect(() => {
    if (isElsewhere && stream.current === null) void follow(false)
  }, [isElsewhere, follow])

  return {
    /** Undefined until it is known. */
    last: status.data?.last,
    progress: progress?.state === 'running' ? progress : null,
    isFailed: progress?.state === 'failed' || error !== null,
    isCancelled: progress?.state === 'cancelled',
    error,
    /** Pressed twice it is the same search. */
    start: () => {
      if (stream.current === null) void follow(true)
    },
    cancel: () => void api.duplicates.cancel().catch(() => {}),
  }
}
