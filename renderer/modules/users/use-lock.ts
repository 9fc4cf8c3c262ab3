import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { flushDrafts } from '../../api/draft.ts'
import { errorText } from '../../api/errors.ts'
import { useToast } from '../../ui/Toast.tsx'

/** Gives `lock()`: every window of this PC is hidden until a PIN is given. What was half typed is kept. */
export function useLock(): () => void {
  const { t } = useTranslation()
  const toast = useToast()
  return useCallback(() => {
    flushDrafts()
    api.users.lock().catch((error: unknown) => toast({ message: errorText(t, error), tone: 'warn' }))
  }, [t, toast])
}
