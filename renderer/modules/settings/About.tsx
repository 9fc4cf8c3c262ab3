import { useTranslation } from 'react-i18next'
import { localDigits } from '../../../shared/domain/format.ts'
import { useStatus } from '../../api/session.ts'
import { Logo } from '../../app/Logo.tsx'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { useSyncStatus } from '../sync/use-sync-status.ts'

/** Name, version, where it runs; what support people ask first. */
export function About() {
  const { t } = useTranslation()
  const language = useLanguage()
  const status = useStatus().data
  const isSynced = (useSyncStatus()?.state ?? 'off') !== 'off'
  if (!status) return null
  const facts = [
    ['version', localDigits(status.version, language)],
    ['schema', localDigits(String(status.schema), language)],
    ['host', t(`settings:about.hosts.${status.host}`)],
  ] as const
  return (
    <Card title={t('settings:section.about')}>
      <div className="flex items-center gap-4 pb-4">
        <Logo large />
        <div>
          <p className="text-lg font-bold">{t('common:appName')}</p>
          <p className="text-muted">{t('settings:about.what')}</p>
        </div>
      </div>
      <dl>
        {facts.map(([key, value]) => (
          <div key={key} className="flex justify-between gap-4 border-t border-line py-2">
            <dt className="text-muted">{t(`settings:about.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="border-t border-line pt-3 text-muted">
        {t(isSynced ? 'sync:data.privacy' : 'settings:about.privacy')}
      </p>
    </Card>
  )
}
