import { ORPCError } from '@orpc/client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { flushDrafts } from '../../api/draft.ts'
import { errorText } from '../../api/errors.ts'

/** Somebody sits down at this PC. Every window of it follows by itself. */
export function useEnter() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<string | null>(null)
  /** Epoch ms, told with the last refusal: before the list of people is asked anew. */
  const [waitUntil, setWaitUntil] = useState<number | null>(null)
  const forget = () => setError(null)
  const run = async (id: string, pin?: string): Promise<boolean> => {
    setRunning(true)
    flushDrafts()
    try {
      await api.users.enter({ id, ...(pin !== undefined && { pin }) })
      await client.invalidateQueries({ queryKey: rpc.system.status.key() })
      return true
    } catch (failure) {
      const data = failure instanceof ORPCError ? (failure.data as { seconds?: number } | undefined) : undefined
      setWaitUntil(data?.seconds ? Date.now() + data.seconds * 1000 : null)
      setError(errorText(t, failure))
      return false
    } finally {
      setRunning(false)
    }
  }
  return { run, isRunning, error, waitUntil, forget }
}
