import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { PlaceForm } from './PlaceForm.tsx'
import type { SyncStatus } from './sync-model.ts'

/** Off: in plain words what it is, that nothing needs it, and the owner's way in. */
export function OffCard({ status, isOwner }: { status: SyncStatus; isOwner: boolean }) {
  const { t } = useTranslation('sync')
  const toast = useToast()
  const [isOpen, setOpen] = useState(false)
  const resume = useCommand(api.sync.resume, { message: () => t('on.turnedOn') })
  const wasOn = status.address !== null
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-3">
        {wasOn ? <p>{t(isOwner ? 'off.was' : 'off.ownerOnly')}</p> : null}
        {isOpen ? (
          <p className="text-muted">{t('form.lead')}</p>
        ) : (
          <>
            <p>{t(status.replaced ? 'off.replaced' : 'off.lead')}</p>
            {status.replaced ? null : (
              <>
                <p className="text-muted">{t('off.need')}</p>
                <p className="text-muted">{t('off.without')}</p>
              </>
            )}
            {wasOn || isOwner ? null : <p className="text-muted">{t('off.ownerOnly')}</p>}
          </>
        )}
        {isOpen ? (
          <PlaceForm
            submit={t('form.submit')}
            call={(place, options) => api.sync.turnOn({ ...place, forget: wasOn }, options)}
            onDone={() => toast({ message: t('on.turnedOn'), tone: 'ok' })}
            onCancel={() => setOpen(false)}
          />
        ) : isOwner ? (
          <div className="flex flex-wrap gap-2">
            {wasOn ? (
              <Button variant="primary" isDisabled={resume.isRunning} onPress={() => void resume.run(undefined)}>
                {t('off.again')}
              </Button>
            ) : null}
            <Button variant={wasOn ? 'outline' : 'primary'} icon={<MonitorSmartphone />} onPress={() => setOpen(true)}>
              {t(wasOn ? 'off.other' : status.replaced ? 'off.connect' : 'off.start')}
            </Button>
          </div>
        ) : null}
      </div>
    </Card>
  )
}
