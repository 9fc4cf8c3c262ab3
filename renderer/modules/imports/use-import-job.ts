import { useCallback, useEffect, useRef, useState } from 'react'
import { api, type Inputs } from '../../api/client.ts'
import type { ImportProgressItem } from './import-model.ts'

type RunInput = NonNullable<Inputs['imports']['run']>

/**
 * Follows a run of an import. Leaving the page leaves the import running: whoever comes back follows it again (the engine
 * answers `run` of a running import with its progress).
 */
export function useImportJob() {
  const [id, setId] = useState<string | null>(null)
  const [progress, setProgress] = useState<ImportProgressItem | null>(null)
  const [error, setError] = useState<unknown>(null)
  const stream = useRef<AbortController | null>(null)
  useEffect(() => () => stream.current?.abort(), [])

  const follow = useCallback(async (input: RunInput) => {
    stream.current?.abort()
    const abort = new AbortController()
    stream.current = abort
    const show = (first: ImportProgressItem | null) => {
      setId(input.id)
      setError(null)
      setProgress(first)
    }
    // Who only looks in shows nothing until it is certain that there is a run: the list may be a moment behind.
    let isShown = input.start !== false
    if (isShown) show(null)
    try {
      for await (const step of await api.imports.run(input, { signal: abort.signal })) {
        if (abort.signal.aborted || (!isShown && step.state !== 'running')) return
        if (isShown) setProgress(step)
        else show(step)
        isShown = true
      }
    } catch (caught) {
      if (!abort.signal.aborted && isShown) setError(caught)
    }
  }, [])
  const reset = useCallback(() => {
    stream.current?.abort()
    setId(null)
    setProgress(null)
    setError(null)
  }, [])
  return {
    id,
    progress,
    error,
    follow,
    reset,
    isRunning: id !== null && !error && (progress?.state ?? 'running') === 'running',
  }
}
