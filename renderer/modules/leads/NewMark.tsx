import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'

/** How many new leads wait, on the menu; nothing while none does. */
export function NewMark({ className }: { className?: string }) {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const counts = rpc.leads.counts.queryOptions({ input: { filter: {} } })
  const waiting = useQuery({ ...counts, placeholderData: keepPreviousData }).data?.new ?? 0
  if (waiting === 0) return null
  const n = formatNumber(waiting, language)
  return (
    <span
      title={t('mark', { count: waiting, n })}
      className={cx(
        'shrink-0 rounded-md bg-surface-2 px-1.5 text-xs leading-[1.7] font-semibold max-lg:px-1 max-lg:text-[0.625rem]',
        className,
      )}
    >
      <span aria-hidden="true">{n}</span>
      <span className="sr-only">{t('mark', { count: waiting, n })}</span>
    </span>
  )
}
