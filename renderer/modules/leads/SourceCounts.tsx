import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'

const SPANS = { month: 30, season: 90, year: 365, all: null } as const
type Span = keyof typeof SPANS
const DAY_MS = 86_400_000

/** Which source brings people, and which brings customers. */
export function SourceCounts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const [span, setSpan] = useState<Span>('season')
  const [now] = useState(() => Date.now())
  const days = SPANS[span]
  const since = days === null ? null : now - days * DAY_MS
  const rows = useQuery(rpc.leads.sources.queryOptions({ input: { since }, staleTime: 0 })).data
  const n = (value: number) => formatNumber(value, language)
  const cell = 'border-b border-line px-2 py-1.5 text-start'
  return (
    <Dialog isOpen onClose={onClose} title={t('sources.title')} isDismissable isText>
      <SegmentedControl
        label={t('sources.since')}
        value={span}
        onChange={setSpan}
        options={(Object.keys(SPANS) as Span[]).map((id) => ({ id, label: t(`sources.${id}`) }))}
      />
      {rows && rows.length > 0 ? (
        <table className="mt-3 w-full border-collapse">
          <thead>
            <tr className="text-xs text-muted">
              {['source', 'came', 'converted', 'discarded', 'rate'].map((id) => (
                <th key={id} scope="col" className={`${cell} font-normal`}>
                  {t(`sources.${id}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ source, came, converted, discarded }) => (
              <tr key={source?.id ?? ''}>
                <th scope="row" className={`${cell} font-semibold`}>
                  <bdi>{source?.name ?? t('sources.none')}</bdi>
                </th>
                <td className={cell}>{n(came)}</td>
                <td className={cell}>{n(converted)}</td>
                <td className={cell}>{n(discarded)}</td>
                <td className={cell}>{t('sources.percent', { n: n(Math.round((100 * converted) / came)) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : rows ? (
        <p className="mt-3 text-muted">{t('sources.empty')}</p>
      ) : null}
    </Dialog>
  )
}
