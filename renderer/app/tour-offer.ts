import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { rpc } from '../api/client.ts'
import { useUpdateDevice } from '../api/session.ts'
import { useToast } from '../ui/Toast.tsx'
import { useApp } from './app-context.ts'

/** Offers the tour once, in a notice that is in nobody's way; afterwards it waits in the help. */
export function useTourOffer(): void {
  const { t } = useTranslation()
  const app = useApp()
  const toast = useToast()
  const updateDevice = useUpdateDevice()
  const isSeen = useQuery(rpc.settings.device.queryOptions()).data?.tour_seen
  const offered = useRef(false)
  useEffect(() => {
    if (isSeen !== false || offered.current) return
    offered.current = true
    toast({
      message: t('setup:tourOffer'),
      action: { label: t('setup:tourShow'), onAction: app.startTour },
      timeout: 30_000,
    })
    void updateDevice({ tour_seen: true })
  }, [isSeen, toast, t, app, updateDevice])
}
