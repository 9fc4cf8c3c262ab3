import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import { type SyncStatus, whenText } from './sync-model.ts'

/** Last contact, and how much waits. */
export function StateFacts({ status }: { status: SyncStatus }) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const { done_at, waiting } = status
  const facts = [
    ['done', done_at === null ? t('panel.never') : whenText(done_at, language)],
    [
      'waiting',
      waiting === 0 ? t('panel.none') : t('panel.changes', { count: waiting, n: formatNumber(waiting, language) }),
    ],
  ] as const
  return (
    <dl className="flex flex-col gap-1 text-[0.8125rem]">
      {facts.map(([id, text]) => (
        <div key={id} className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-muted">{t(`panel.${id}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
