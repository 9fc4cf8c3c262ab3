import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useConnectionState } from '../api/live.ts'
import { cx } from '../ui/cx.ts'

/** One honest line about the data: kept on this PC, or not reachable just now. */
export function DataState() {
  const { t } = useTranslation()
  const isLost = useConnectionState() === 'lost'
  const text = isLost ? t('app:dataState.lost') : t('app:dataState.kept')
  return (
    <Link
      to="/settings/$section"
      params={{ section: 'data' }}
      title={text}
      className="flex items-center gap-2 rounded-md px-3 py-1 text-xs text-muted hover:text-text max-lg:justify-center"
    >
      <span className={cx('size-2 shrink-0 rounded-full', isLost ? 'bg-warn' : 'bg-ok')} aria-hidden="true" />
      <span className="truncate max-lg:sr-only">{text}</span>
    </Link>
  )
}
