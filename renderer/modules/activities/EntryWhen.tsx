import { useTranslation } from 'react-i18next'
import { formatDateTime } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import { useColleagues } from '../users/use-colleagues.ts'

/** Who and when, at the end of an entry's head; on which device when it was another one. */
export function EntryWhen(props: { at: number; userId: string | null; device?: string | null; extra?: string }) {
  const { at, userId, device, extra } = props
  const { t } = useTranslation('activities')
  const language = useLanguage()
  const { nameOf } = useColleagues()
  return (
    <span className="min-w-0 flex-1 truncate text-end text-xs text-muted">
      {[extra, nameOf(userId), device && t('history:on', { device })].filter(Boolean).map((text) => (
        // A middle dot beside Persian digits reads as a zero.
        <span key={text}>
          <bdi>{text}</bdi>
          {t('comma')}
        </span>
      ))}
      <time dateTime={new Date(at).toISOString()}>{formatDateTime(at, Date.now(), language)}</time>
    </span>
  )
}
