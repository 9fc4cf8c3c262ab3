import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { Card } from '../../ui/Card.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { PlaceForm } from './PlaceForm.tsx'

/** A new code for a device that lost its key or was taken out. @param isMoved the book came here from another computer, perhaps */
export function Reconnect({ isMoved = false }: { isMoved?: boolean }) {
  const { t } = useTranslation('sync')
  const toast = useToast()
  return (
    <Card title={t('reconnect.title')}>
      <p className="mb-3 text-muted">{t('reconnect.lead')}</p>
      <PlaceForm
        isCodeOnly
        submit={t('reconnect.submit')}
        asksDevice={isMoved}
        call={({ address: _, ...rest }, options) => api.sync.reconnect(rest, options)}
        onDone={() => toast({ message: t('reconnect.done'), tone: 'ok' })}
      />
    </Card>
  )
}
