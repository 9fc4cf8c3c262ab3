import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { rpc } from '../../api/client.ts'
import { cx } from '../../ui/cx.ts'

/** What the passing of time alone makes stale is asked for this often. */
const AGAIN_MS = 10 * 60_000

/** A dot with its meaning in words, where backups need somebody; nothing where they do not. */
export function Mark({ className }: { className?: string }) {
  const { t } = useTranslation('backups')
  const { data } = useQuery(rpc.backups.status.queryOptions({ refetchInterval: AGAIN_MS }))
  if (!data || data.attention.length === 0) return null
  return (
    <span
      title={t('attention.mark')}
      className={cx('size-2 shrink-0 rounded-full', data.attention.includes('mass') ? 'bg-bad' : 'bg-warn', className)}
    >
      <span className="sr-only">{t('attention.mark')}</span>
    </span>
  )
}
