import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rpc } from '../api/client.ts'
import { useUpdateDevice } from '../api/session.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useApp } from './app-context.ts'

const SHOWN_MS = 20_000
/** Keys on the way to the offer itself; any other means that work has begun. */
const STAYS = new Set(['Tab', 'Shift', 'Control', 'Alt', 'Meta'])

/**
 * Offers the tour once, in one quiet line that goes by itself, or as soon as someone begins to work; afterwards it waits in the help.
 * Notices come first: while one is shown the offer is not.
 */
export function TourOffer() {
  const { t } = useTranslation()
  const app = useApp()
  const updateDevice = useUpdateDevice()
  const isSeen = useQuery(rpc.settings.device.queryOptions()).data?.tour_seen
  const [isOffered, setOffered] = useState(false)
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isSeen !== false) return
    setOffered(true)
    void updateDevice({ tour_seen: true })
  }, [isSeen, updateDevice])
  useEffect(() => {
    if (!isOffered) return
    const close = () => setOffered(false)
    const timer = setTimeout(close, SHOWN_MS)
    const onKey = (event: KeyboardEvent) => {
      if (!STAYS.has(event.key) && !(card.current?.contains(event.target as Node) && event.key !== 'Escape')) close()
    }
    const onPress = (event: PointerEvent) => {
      if (!card.current?.contains(event.target as Node)) close()
    }
    addEventListener('keydown', onKey, { capture: true })
    addEventListener('pointerdown', onPress, { capture: true })
    return () => {
      clearTimeout(timer)
      removeEventListener('keydown', onKey, { capture: true })
      removeEventListener('pointerdown', onPress, { capture: true })
    }
  }, [isOffered])
  if (!isOffered) return null
  return (
    <aside
      ref={card}
      aria-label={t('app:tour.title')}
      className="fixed inset-x-0 bottom-4 z-30 mx-auto flex w-fit max-w-[92vw] items-center gap-2.5 rounded-card border border-line bg-surface py-1.5 ps-3.5 pe-1.5 in-[body:has([data-toast])]:hidden"
    >
      <span className="text-muted">{t('setup:tourOffer')}</span>
      <Button
        size="sm"
        onPress={() => {
          setOffered(false)
          app.startTour()
        }}
      >
        {t('setup:tourShow')}
      </Button>
      <IconButton size="sm" label={t('common:close')} icon={<X />} onPress={() => setOffered(false)} />
    </aside>
  )
}
