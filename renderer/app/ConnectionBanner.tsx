import { Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useConnectionState } from '../api/live.ts'

/** Calm word about a lost connection: nothing on the screen is thrown away, the rest comes by itself. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const isLost = useConnectionState() === 'lost'
  return (
    <div role="status">
      {isLost ? (
        <p className="flex items-center gap-2.5 border-b border-line bg-warn-soft px-5 py-1.5 text-warn-ink">
          <Unplug className="size-4 shrink-0" aria-hidden="true" />
          {t('app:connection.lost')}
        </p>
      ) : null}
    </div>
  )
}
