import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStatus } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { allowed } from './tell-outside.ts'

/** How reminders reach somebody who does not look at this page: in settings. */
export function NotificationsCard() {
  const { t } = useTranslation('tasks')
  const isDesktop = useStatus().data?.host === 'desktop'
  const [state, setState] = useState(allowed)
  const ask = () => void Notification.requestPermission().then(() => setState(allowed()))
  return (
    <Card title={t('notices.title')}>
      <div className="flex flex-col gap-2">
        {isDesktop ? (
          <p>{t('notices.desktop')}</p>
        ) : (
          <>
            <p>{t('notices.browser')}</p>
            <p role="status" className={state === 'granted' ? 'text-ok' : 'text-muted'}>
              {t(`notices.${state}`)}
            </p>
            {state === 'default' ? (
              <Button className="w-fit" onPress={ask}>
                {t('notices.allow')}
              </Button>
            ) : null}
          </>
        )}
        <p className="text-xs text-muted">{t('notices.missed')}</p>
      </div>
    </Card>
  )
}
