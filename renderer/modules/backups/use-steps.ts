import { useCallback, useRef, useState } from 'react'
import type { Outputs } from '../../api/client.ts'

type Steps = Outputs['backups']['run']
export type Step = Steps extends AsyncIterable<infer S> ? S : never

/**
 * Follows work on copies step by step. It goes on when the page is left (only `cancel` and closing the window stop it); `follow` gives the last step,
 * or null when it was cancelled or failed (`error`).
 */
export function useSteps() {
  const [step, setStep] = useState<Step | null>(null)
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const abort = useRef<AbortController | null>(null)

  const follow = useCallback(async (start: (signal: AbortSignal) => Promise<AsyncIterable<Step>>) => {
    const stop = new AbortController()
    abort.current = stop
    setStep(null)
    setError(null)
    setRunning(true)
    let last: Step | null = null
    try {
      for await (const next of await start(stop.signal)) {
        last = next
        setStep(next)
      }
      return stop.signal.aborted ? null : last
    } catch (caught) {
      if (!stop.signal.aborted) setError(caught)
      return null
    } finally {
      setRunning(false)
    }
  }, [])
  const cancel = useCallback(() => abort.current?.abort(), [])
  return { step, isRunning, error, follow, cancel }
}
