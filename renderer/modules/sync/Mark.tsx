import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { isCutOff, toChoose } from './sync-model.ts'
import { useSyncStatus } from './use-sync-status.ts'

/** A dot with its meaning in words, where sync needs somebody; nothing where it does not. */
export function Mark({ className }: { className?: string }) {
  const { t } = useTranslation('sync')
  const status = useSyncStatus()
  if (!status || status.state === 'off' || (toChoose(status) === 0 && !isCutOff(status))) return null
  return (
    <span title={t('tray.mark')} className={cx('size-2 shrink-0 rounded-full bg-warn', className)}>
      <span className="sr-only">{t('tray.mark')}</span>
    </span>
  )
}
